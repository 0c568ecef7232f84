"""Invented persons of the demonstration: none of them exists; every page marks them so."""

# key, Arabic, French, sex
COUNCILLORS = (
    ("sanhaji", "عبد الرحيم الصنهاجي", "Abderrahim Sanhaji", "male"),
    ("benzeroual", "خديجة بنزروال", "Khadija Benzeroual", "female"),
    ("oubella", "محمد أوبلا", "Mohamed Oubella", "male"),
    ("ouassou", "لطيفة أواسو", "Latifa Ouassou", "female"),
    ("bouchtaoui", "سعيد بوشتاوي", "Said Bouchtaoui", "male"),
    ("lfilali", "نعيمة لفيلالية", "Naima Lfilalia", "female"),
    ("aithsain", "حسن أيت حساين", "Hassan Aït Hsain", "male"),
    ("regraga", "مليكة ركراكة", "Malika Regraga", "female"),
    ("zerouala", "عمر الزروالي", "Omar Zerouali", "male"),
    ("ouhaddou", "فاطمة أوحدو", "Fatima Ouhaddou", "female"),
    ("kandri", "يوسف الكندري", "Youssef Kandri", "male"),
    ("menzli", "رشيد المنزلي", "Rachid Menzli", "male"),
    ("tazouti", "زهرة التازوطية", "Zahra Tazoutia", "female"),
)
CIVIL_SOCIETY = (
    ("belkhadir", "سناء بلخضر", "Sanae Belkhadir", "female"),
    ("ouchrif", "كريم أوشريف", "Karim Ouchrif", "male"),
    ("lahlimi", "حنان الأحليمية", "Hanane Lahlimia", "female"),
    ("amghar", "ادريس أمغار", "Driss Amghar", "male"),
    ("bennasser", "سمية بناصر", "Soumia Bennasser", "female"),
    ("idrissou", "عبد الإله ادريسو", "Abdelilah Idrissou", "male"),
)
ADVISORS = (
    ("chaouia", "رجاء الشاوية", "Rajae Chaouia", "female"),
    ("oulmesi", "عادل أولماسي", "Adil Oulmesi", "male"),
    ("benaissi", "فوزية بنعيسي", "Fouzia Benaissi", "female"),
    ("doukkala", "مصطفى دكالة", "Mustapha Doukkala", "male"),
    ("azizi", "ابتسام العزيزية", "Ibtissam Azizia", "female"),
    ("morabit", "نجاة المرابطة", "Najat Morabita", "female"),
    ("ouali", "إسماعيل الوالي", "Ismail Ouali", "male"),
    ("zahid", "هند الزاهدة", "Hind Zahida", "female"),
)
# seat, role in the council
BUREAU = {
    "sanhaji": "president",
    "benzeroual": "vice_president",
    "oubella": "vice_president",
    "ouassou": "vice_president",
    "bouchtaoui": "secretary",
    "lfilali": "deputy_secretary",
}
# Elected members of the follow-up committee; the first of each list is a co-coordinator.
COMMITTEE_ELECTED = ("benzeroual", "oubella", "ouassou", "kandri", "ouhaddou", "menzli")
# user name, office, Arabic, French, sex, account or none
OFFICERS = (
    ("focal_point", "focal_point", "سلوى أمزيل", "Saloua Amzil", "female"),
    ("deputy_focal_point", "deputy_focal_point", "طارق بوزيان", "Tarik Bouziane", "male"),
    ("moderator", "moderator", "إيمان الحداوية", "Imane Haddaouia", "female"),
    ("verifier", "verifier", "عبد الكبير أوطالب", "Abdelkebir Outaleb", "male"),
    ("administrator", "administrator", "ياسين الجبلي", "Yassine Jebli", "male"),
    ("information_officer", "information_officer", "مريم بنحدو", "Meryem Benhaddou", "female"),
    (
        "deputy_information_officer",
        "deputy_information_officer",
        "منير الصباري",
        "Mounir Sebbari",
        "male",
    ),
    ("commitment_owner", "commitment_owner", "غزلان أوبيهي", "Ghizlane Oubihi", "female"),
)
