"""`infitah register verify` and `infitah verify FILE`."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from infitah.design import pdf
from infitah.ledger import operations, queries
from infitah.ledger.tests.factories import NOW, drop_triggers, make_entries

ROOT = Path(__file__).resolve().parents[3]


def told(*arguments):
    """Return the exit code and what was said."""
    out = StringIO()
    try:
        call_command(*arguments, stdout=out)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def register(db):
    make_entries(7)
    operations.sign_head(community_key="SFR", now=NOW, is_daily=True)


@pytest.fixture
def kept(register, tmp_path):
    """What a careful person keeps: a receipt, the roots, in files."""

    def keep(name, document):
        path = tmp_path / name
        path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
        return path

    return keep


@pytest.mark.database
def test_a_good_register_is_told_intact(register):
    code, out = told("register", "verify")
    assert code == 0
    assert "7 entries, 4 nodes, 1 signed heads of 1 communities" in out
    assert "The register is intact." in out


@pytest.mark.database
def test_a_bad_register_is_told_with_the_place(register):
    drop_triggers()
    code, out = told("register", "verify")
    assert code == 2
    assert "trigger_missing" in out
    assert "NOT intact" in out


@pytest.mark.database
def test_roots_kept_outside_are_compared(kept):
    roots = kept("roots.json", queries.roots().as_json())
    assert told("register", "verify", "--heads", str(roots))[0] == 0
    forged = queries.roots().as_json()
    forged["communities"][0]["heads"][0]["root"] = "A" * 43 + "="
    code, out = told("register", "verify", "--heads", str(kept("forged.json", forged)))
    assert code == 2
    assert "pinned_head_differs" in out
    with pytest.raises(CommandError):
        told("register", "verify", "--heads", str(kept("none.json", b"{}")))
    with pytest.raises(CommandError):
        told("register", "verify", "--heads", "/nowhere.json")


def test_the_three_answers(kept):
    receipt = queries.receipt("SFR", 3)
    file = str(kept("receipt.json", receipt))
    roots = str(kept("roots.json", queries.roots().as_json()))
    code, out = told("verify", file, "--keys", roots, "--heads", roots)
    assert code == 0
    assert out.startswith("intact_known_key: ")
    assert "matches_pinned_head" in out
    assert "SFR 3: participation.idea_submitted SFR-2026-I-0004" in out
    code, out = told("verify", file)
    assert code == 1
    assert out.startswith("intact_unknown_key: ")
    receipt["index"] = 4
    code, out = told("verify", str(kept("bad.json", receipt)), "--keys", roots)
    assert code == 2
    assert out.startswith("not_intact: ")
    assert "path_leads_elsewhere" in out
    assert told("verify", str(kept("nothing.json", b"{}")))[0] == 2


def test_roots_and_proofs_are_judged_too(kept):
    roots = str(kept("roots.json", queries.roots().as_json()))
    assert told("verify", roots, "--keys", roots)[0] == 0
    proof = str(kept("proof.json", queries.consistency("SFR", 2, 7).as_json()))
    assert told("verify", proof, "--keys", roots)[0] == 0


def test_a_pdf_carries_its_proof(kept):
    proof = json.dumps(queries.receipt("SFR", 3)).encode()
    sheet = pdf.render(
        "design/letter.typ",
        {"title": "وصل", "paragraphs": ["توصل المجلس بفكرتكم."]},
        title="وصل",
        language="ar",
        attachments=[pdf.Attachment("proof.json", proof.decode(), "proof")],
    )
    roots = kept("roots.json", queries.roots().as_json())
    assert told("verify", str(kept("receipt.pdf", sheet)), "--keys", str(roots))[0] == 0


def test_a_file_that_cannot_be_read_gets_no_answer(kept):
    with pytest.raises(CommandError, match="cannot be read") as refused:
        told("verify", "/nowhere.json")
    assert refused.value.returncode == 3
    receipt = str(kept("receipt.json", queries.receipt("SFR", 3)))
    with pytest.raises(CommandError, match="pinned") as refused:
        told("verify", receipt, "--keys", str(kept("keys.json", b"{}")))
    assert refused.value.returncode == 3


@pytest.mark.processes
def test_verifying_needs_no_database_and_no_keys(kept, tmp_path):
    receipt = kept("receipt.json", queries.receipt("SFR", 3))
    roots = kept("roots.json", queries.roots().as_json())
    home = tmp_path / "home"
    environment = {
        **os.environ,
        "INFITAH_HOME": str(home),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "DJANGO_SETTINGS_MODULE": "infitah.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "verify", str(receipt), "--keys", str(roots)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout[:16]) == (0, "intact_known_key"), done.stderr
    assert not list(home.glob("**/*.key"))
    assert settings.DATABASES  # this process kept its own
