"""A cycle and its rounds: ideas, votes, notes, themes, answers, drafts, and what is said of them."""

import re
from io import BytesIO
from zipfile import ZipFile

from infitah.core import clock
from infitah.participation.models import Theme
from tests.cycle.people import (
    AMINA,
    CYCLE,
    DESK_ROUND,
    DRISS,
    HIND,
    OWNER,
    PUBLIC,
    ROUND,
    SECOND,
    SLUG,
    World,
    link,
    proved,
)

BUDGET = "نشر ميزانية المجلس كل سنة في جدول سهل القراءة"
YOUTH = "Créer un conseil des jeunes qui se réunit chaque trimestre"
IDEA = "SFR-2026-I-0001"
KEPT = {"code": "kept", "text_ar": "يحول المجلس هذه الأفكار إلى مشروع التزام."}
BY_HAND = {
    "SFR-2026-I-0002": {
        "code": "next_cycle",
        "text_ar": "تؤجل إلى الدورة المقبلة.",
        "text_fr": "Elle est reportée au prochain cycle.",
    },
    "SFR-2026-I-0004": {
        "code": "other_body",
        "text_ar": "بناء المستشفيات من اختصاص الدولة.",
        "other_body_ar": "وزارة الصحة",
    },
}
PARTS = {
    "what": {"title_fr": "Transparence du conseil", "description_ar": "ينشر المجلس ميزانيته."},
    "result": {
        "contribution_ar": "يعرف كل مواطن فيم يصرف المال العام.",
        "expected_result_ar": "تنشر المحاضر قبل مرور عشرة أيام.",
        "verifiability_ar": "صفحة عمومية تضع تاريخ كل دورة بجانب تاريخ نشر محضرها.",
    },
    "money": {"is_without_cost": "on"},
    "values": {"values": ["transparency"], "value_argument_ar": "من قرأ الميزانية سأل عنها."},
}
INDICATOR = {
    **{"name_ar_1": "أيام بين الدورة ومحضرها", "unit_ar_1": "يوم", "baseline_1": "64"},
    **{"baseline_on_1": "2026-08-31", "target_1": "10", "target_on_1": "2028-12-31"},
}
MILESTONES = {
    **{"title_ar_1": "صفحة الميزانية", "from_1": "2027-01-05", "until_1": "2027-03-31"},
    **{"title_ar_2": "إذاعة المداولات", "from_2": "2027-04-01", "until_2": "2028-10-31"},
    **{"weight_1": "60", "weight_2": "40"},
}


# A cycle and its first round --------------------------------------------------------------------


def open_cycle(world: World) -> None:
    focal, axes = world.focal, (world.sefrou.axis, world.sefrou.second_axis)
    said = {"slug": SLUG, "title_ar": "برنامج الانفتاح", "title_fr": "Programme d’ouverture"}
    said |= {"starts_on": "2027-01-01", "ends_on": "2028-12-31"}
    said |= {f"axis_{one.pk}": "on" for one in axes}
    form = focal.send("/desk/programme/cycles/new/", said, status=422)
    challenges = {f"challenge_{one.pk}_ar": "قلة المعلومات المنشورة" for one in axes}
    opened = focal.send(form, {"principles": [world.sefrou.principle.pk], **challenges})
    assert opened.address == CYCLE
    committee = world.sefrou.province.bodies.get(slug="follow-up")
    focal.send(link(opened, "committee/name/"), {"committee": committee.pk})


def open_round(world: World, number: int, slug: str) -> None:
    day = clock.today().isoformat()
    rounds = world.focal.read(link(world.focal.read(CYCLE), "/rounds/"))
    said = {"number": number, "slug": slug, "first_day": day, "last_day": day}
    made = world.focal.send(rounds, said)
    if number > 1:
        put = world.focal.read(link(made, f"/put/{slug}/"))
        box = re.search(r'name="(put_\d+)"', put.text)
        assert box is not None
        world.focal.send(put, {box[1]: "on"})
    asked = world.focal.send(made, press="announce=1")
    world.focal.send(asked, action="announce/")


def give_ideas(world: World) -> None:
    amina, driss = world.citizen(AMINA), world.citizen(DRISS)
    page = amina.read(link(amina.read(ROUND), "/give/$"))
    short = amina.send(page, {"axis": "transparency", "statement": "قصير"}, status=422)
    assert "قصير" in short.text
    given = amina.send(short, {"statement": BUDGET, "detail": "لتتبع صرف المال العام"})
    assert IDEA in proved(amina, given, AMINA).text
    said = {"axis": world.sefrou.second_axis.slug, "statement": YOUTH}
    proved(driss, driss.send(f"{ROUND.replace('/ar/', '/fr/')}give/", said), DRISS)


def support_vote_and_follow(world: World) -> None:
    hind, idea = world.citizen(HIND), f"{ROUND}ideas/{IDEA}/"
    proved(hind, hind.send(idea, action="/support/"), HIND)
    for voter in (hind, world.citizen(DRISS)):
        voter.send(idea, action="/vote/", press="choice=agree")
    hind.send(link(hind.read(PUBLIC), "/mine/follow/"))


def type_notes(world: World) -> None:
    focal, day = world.focal, clock.today().isoformat()
    said = {"slug": "workshop-1", "name_ar": "الورشة الأولى", "held_on": day}
    said |= {"place_ar": "دار الشباب", f"tables_{world.sefrou.axis.pk}": "1"}
    made = focal.send(link(focal.read(DESK_ROUND), "/workshops/new/"), said)
    notes = {"statement_1": "تعليق جدول الأعمال في كل الجماعات قبل الدورة", "dots_1": "3"}
    notes |= {"statement_2": "إحداث مستشفى جديد بالإقليم"}
    typed = focal.send(link(made, r"/tables/[^/]+/$"), notes, press="send=1")
    assert "SFR-2026-I-0003" in typed.text and "SFR-2026-I-0004" in typed.text


def votes_told(world: World) -> set[str]:
    """Return the surfaces of the first round on which its two votes are told."""
    names = (f"ideas/{IDEA}/", "", "results/", "axes/transparency/", "consultation.json")
    told = set()
    for name in (*names, "ideas.json", "ideas.csv", "ideas.atom", "consultation.zip"):
        content = world.citizen().client.get(f"{ROUND}{name}").getvalue()
        if content.startswith(b"PK"):
            with ZipFile(BytesIO(content)) as package:
                content = b"\n".join(package.read(one) for one in package.namelist())
        if re.search(r'موافقون:? 2|"agree": ?2|,2,0,0', content.decode()):
            told.add(name)
    return told


# Themes, answers, drafts ------------------------------------------------------------------------


def arrange_and_answer(world: World) -> None:
    focal = world.focal
    home = focal.read("/desk/")
    themes = link(focal.read(link(home, DESK_ROUND)), "/themes/$")
    named = focal.send(themes, {"name_ar": "شفافية المجلس", "summary_ar": "نشر الميزانية."})
    theme = Theme.objects.get().reference
    placed = focal.send(named, {"ideas": [IDEA, "SFR-2026-I-0003"], "to": theme})
    shown = focal.send(placed, action="themes/publish/")
    focal.send(link(shown, f"{theme}/answer/"), KEPT)
    for reference, said in BY_HAND.items():
        page = focal.read(link(focal.read(f"{DESK_ROUND}answers/"), f"{reference}/answer/"))
        focal.send(page, said)
    assert "لكل فكرة جوابها" in focal.read(f"{DESK_ROUND}answers/").text


def draft(world: World) -> None:
    focal = world.focal
    theme = focal.read(f"/desk/participation/themes/{Theme.objects.get().reference}/")
    begun = focal.send(link(theme, "/commitments/start/"), {"axis": world.sefrou.axis.pk})
    reference = re.search(r"SFR-\d+-C-\d+", begun.address)
    assert reference is not None
    world.commitment = reference[0]
    desk = focal.read(world.draft)
    for part, said in PARTS.items():
        focal.send(link(desk, f"/parts/{part}/"), said)
    focal.send(link(desk, "/parts/who/"), {"lead_unit": world.unit.pk})
    focal.send(link(desk, "/indicators/"), INDICATOR)
    wrong = focal.send(link(desk, "/milestones/"), MILESTONES | {"weight_2": "x"}, status=422)
    focal.send(wrong, {"weight_2": "40"})
    focal.send(link(desk, "/owner/"), {"address": OWNER})
    assert "قيست جودته" in focal.send(world.draft).text


def speak_of_the_draft(world: World) -> None:
    hind, text = world.citizen(HIND), f"/ar/consultations/{SECOND}/texts/{world.commitment}/"
    hind.send(text, action="/vote/", press="choice=agree")
    paragraph = hind.read(f"{text}M1/")
    said = {"text": "ننتظر نشر الميزانية قبل شهر مارس.", "stance": "for"}
    told = hind.send(link(paragraph, "/comment/$"), said)
    assert "ننتظر نشر الميزانية" in told.text
