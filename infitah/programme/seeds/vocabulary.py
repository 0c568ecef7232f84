"""Units, axes and principles of the council of Sefrou; units are invented, principles are not."""

from datetime import datetime

from infitah.community.models import Axis, Community, Principle, Unit
from infitah.community.operations import add_axis, add_principle, add_unit
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText

UNITS = {
    "council-affairs": ("مصلحة شؤون المجلس واللجان", "Service des affaires du conseil"),
    "communication": (
        "مصلحة التواصل والأنظمة المعلوماتية",
        "Service de la communication et des systèmes d’information",
    ),
    "legal-affairs": (
        "مصلحة الشؤون الإدارية والقانونية",
        "Service des affaires administratives et juridiques",
    ),
    "social-affairs": (
        "مصلحة الشؤون الاجتماعية والثقافية والشراكات",
        "Service des affaires sociales, culturelles et des partenariats",
    ),
    "budget": ("مصلحة الميزانية والصفقات", "Service du budget et des marchés"),
}
PRINCIPLES = {
    "transparency": ("الشفافية", "Transparence", "ⵜⴰⴼⴰⵡⵜ"),
    "accountability": ("ربط المسؤولية بالمحاسبة", "Redevabilité", ""),
    "participation": ("المشاركة المواطنة", "Participation citoyenne", ""),
    "information": ("الولوج إلى المعلومات", "Accès à l’information", ""),
    "digitisation": ("الرقمنة", "Digitalisation", ""),
}
AXES = {
    "transparency": (
        ("الشفافية وتتبع العمل العمومي", "Transparence et suivi de l’action publique"),
        (
            "كيف يعرف المواطن ما قرره المجلس وما أنفقه وما أنجزه، دون أن يتنقل إلى مقره؟",
            "Comment le citoyen sait-il ce que le conseil a décidé, dépensé et réalisé, "
            "sans se déplacer à son siège ?",
        ),
        "#1F4E79",
    ),
    "information": (
        ("الحق في الحصول على المعلومات", "Droit d’accès à l’information"),
        (
            "كيف يقدم أي شخص طلبه بسهولة، ويتتبعه برقم، ويتوصل بالجواب داخل الأجل القانوني؟",
            "Comment chacun dépose-t-il sa demande, la suit-il par un numéro et reçoit-il "
            "la réponse dans le délai légal ?",
        ),
        "#0B5E4F",
    ),
    "participation": (
        ("المشاركة المواطنة والتشاور", "Participation citoyenne et concertation"),
        (
            "كيف تصل آراء ساكنة الجماعات البعيدة إلى المجلس، وكيف يعرف كل مقترح مآل مقترحه؟",
            "Comment les avis des communes éloignées parviennent-ils au conseil, et comment "
            "chacun sait-il ce qu’est devenue sa proposition ?",
        ),
        "#9E1B32",
    ),
    "digital": (
        ("الرقمنة والخدمات عن بعد", "Digitalisation et services à distance"),
        (
            "كيف تصبح خدمات المجلس في متناول هاتف بسيط وبصبيب ضعيف، بالعربية أولا؟",
            "Comment mettre les services du conseil à la portée d’un téléphone simple et d’un "
            "faible débit, en arabe d’abord ?",
        ),
        "#5B3A8C",
    ),
    "training": (
        ("التكوين والتحسيس", "Formation et sensibilisation"),
        (
            "كيف يعرف الموظف واجباته والمواطن حقوقه، حتى لا يبقى القانون حبرا على ورق؟",
            "Comment l’agent connaît-il ses devoirs et le citoyen ses droits, pour que la loi "
            "ne reste pas lettre morte ?",
        ),
        "#8A5A00",
    ),
    "bodies": (
        ("الهيئات الاستشارية والمساواة", "Instances consultatives et égalité"),
        (
            "كيف يصبح لرأي هيئات المساواة وتكافؤ الفرص ومقاربة النوع أثر مكتوب وجواب معلل؟",
            "Comment l’avis des instances de l’équité, de l’égalité des chances et de "
            "l’approche genre laisse-t-il une trace et reçoit-il une réponse motivée ?",
        ),
        "#7A2E5D",
    ),
}


def challenge_of(slug: str) -> LocalizedText:
    """Return the openness challenge of an axis."""
    return LocalizedText(*AXES[slug][1])


def seed_vocabulary(community: Community, *, by: Actor, now: datetime) -> None:
    """Make the units, principles and axes that do not stand yet."""
    units = set(Unit.objects.of(community).values_list("slug", flat=True))
    for slug, names in UNITS.items():
        if slug not in units:
            add_unit(community=community, slug=slug, name=LocalizedText(*names), by=by, now=now)
    principles = set(Principle.objects.of(community).values_list("slug", flat=True))
    for slug, words in PRINCIPLES.items():
        if slug not in principles:
            name = LocalizedText(*words)
            add_principle(community=community, slug=slug, name=name, by=by, now=now)
    axes = set(Axis.objects.of(community).values_list("slug", flat=True))
    for slug, (names, challenge, colour) in AXES.items():
        if slug not in axes:
            add_axis(
                community=community,
                slug=slug,
                name=LocalizedText(*names),
                description=LocalizedText(*challenge),
                colour=colour,
                by=by,
                now=now,
            )
