"""Real mail servers: aiosmtpd into a Maildir, and Postfix, which also refuses."""

import mailbox
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from tests.live import free_port
from tests.outside import toolbox
from tests.outside.check import Check, Stage
from tests.outside.site import Site, until

KNOWN, UNKNOWN = "citizen@sefrou.test", "nobody@sefrou.test"
SUBJECT = re.compile("[\u0600-\u06ff]")
MAIN = """compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.sefrou.test
mydestination =
mynetworks = 192.0.2.1/32
virtual_mailbox_domains = sefrou.test
virtual_mailbox_base = {folder}/vmail
virtual_mailbox_maps = inline:{{ guichet@sefrou.test=guichet/ citizen@sefrou.test=citizen/ }}
virtual_uid_maps = static:5000
virtual_gid_maps = static:5000
default_transport = error:no outside mail
smtpd_relay_restrictions = reject_unauth_destination
maillog_file = {folder}/maillog
maillog_file_prefixes = {folder}
"""


@contextmanager
def aiosmtpd(folder: Path) -> Iterator[tuple[int, Path]]:
    """Yield the port of a mail server and the Maildir that it fills."""
    port, box = free_port(), folder / f"box-{free_port()}"
    program = str(toolbox.python("mail") / "python")
    where = ["-n", "-l", f"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Mailbox", str(box)]
    process = subprocess.Popen([program, "-m", "aiosmtpd", *where])
    try:
        until(box.exists)
        yield port, box
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def postfix(folder: Path) -> Iterator[tuple[int, Path]]:
    """Yield the port of a Postfix of our own configuration and a citizen's Maildir."""
    program, port = toolbox.program("postfix", "postfix"), free_port()
    if os.geteuid():
        raise toolbox.Missing("postfix is started by root only")
    base = folder / f"postfix-{port}"
    for name in ("etc", "spool", "data", "vmail"):
        (base / name).mkdir(parents=True)
    for above in (base, *base.parents[: len(base.relative_to(folder.anchor).parts) - 2]):
        above.chmod(0o755)  # its own users must come through
    shutil.chown(base / "data", "postfix")
    shutil.chown(base / "vmail", 5000, 5000)
    (base / "etc" / "main.cf").write_text(MAIN.format(folder=base))
    rows = Path("/etc/postfix/master.cf").read_text().splitlines()
    kept = [row for row in rows if not re.match(r"(smtp|submission|smtps)\s+inet", row)]
    own = f"127.0.0.1:{port} inet n - n - - smtpd"
    plain = [re.sub(r"^(\S+\s+unix\s+\S+\s+\S+\s+)[y-]", r"\1n", row) for row in kept]
    (base / "etc" / "master.cf").write_text("\n".join([own, *plain, ""]))
    try:
        began = toolbox.run([program, "-c", str(base / "etc"), "start"])
        if began.returncode:
            raise RuntimeError(f"postfix did not start: {began.stderr[-300:]}")
        yield port, base / "vmail" / "citizen"
    finally:
        toolbox.run([program, "-c", str(base / "etc"), "stop"])


def delivered(box: Path) -> list[EmailMessage]:
    """Return what lies in a Maildir."""
    if not (box / "new").exists():
        return []
    box_ = mailbox.Maildir(box, create=False)
    raw = [one.as_bytes() for one in box_]
    return [message_from_bytes(text, policy=policy.default) for text in raw]  # type: ignore[misc]


def ask_code(site: Site, address: str) -> None:
    """Give an idea up to where the code goes out by mail."""
    browser = site.browser()
    draft = browser.give_idea("فكرة للتحقق من البريد الحقيقي").headers["Location"]
    if (sent := browser.post(draft, email=address, consent="on").status) != 302:
        raise RuntimeError(f"the code could not be asked for: {sent}")


def judge(box: Path) -> list[str]:
    """Wait for the code; return what is wrong with the message as it was delivered."""
    try:
        until(lambda: delivered(box), seconds=20)
    except TimeoutError:
        return ["nothing was delivered"]
    message = delivered(box)[0]
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    wrong = [] if SUBJECT.search(message["Subject"] or "") else ["the subject is not Arabic"]
    if plain is None or rich is None:
        return [*wrong, "the message is not in two forms"]
    if not re.search(r"\b\d{6}\b", plain.get_content()):
        wrong.append("the message holds no code")
    wrong += [f"no {name}" for name in ("Date", "Message-ID", "From") if not message[name]]
    return wrong


def through(stage: Stage, door: tuple[int, Path], address: str) -> list[str]:
    """Return what is wrong with the mail of a copy that sends through this server."""
    with stage.copies.running(INFITAH_SMTP_URL=f"smtp://127.0.0.1:{door[0]}") as site:
        ask_code(site, address)
        return judge(door[1])


def aiosmtpd_check(stage: Stage, *, is_planted: bool) -> list[str]:
    with aiosmtpd(stage.scratch("aiosmtpd")) as (port, box):
        # The planted fault: an address at which no server listens.
        return through(stage, (free_port() if is_planted else port, box), KNOWN)


def postfix_check(stage: Stage, address: str) -> list[str]:
    with postfix(stage.scratch("mail")) as door:
        return through(stage, door, address) + refusals(door[0])


def refusals(port: int) -> list[str]:
    """Return where Postfix takes what it must refuse: a stranger's box, and relaying."""
    program, wrong = toolbox.program("swaks", "swaks"), []
    for to, answer in ((UNKNOWN, "550 5.1.1"), ("x@elsewhere.example", "554 5.7.1")):
        command = [program, "--server", f"127.0.0.1:{port}", "--to", to, "--from", KNOWN]
        said = toolbox.run(command).stdout
        wrong += [] if answer in said else [f"{to} is not refused with {answer}: {said[-200:]}"]
    return wrong


CHECKS = (
    Check(
        "aiosmtpd",
        "the code by a real mail server",
        lambda stage: aiosmtpd_check(stage, is_planted=True),
        lambda stage: aiosmtpd_check(stage, is_planted=False),
        ("nothing was delivered",),
    ),
    Check(
        "postfix",
        "delivery into a mailbox, and refusals",
        lambda stage: postfix_check(stage, UNKNOWN),
        lambda stage: postfix_check(stage, KNOWN),
        ("nothing was delivered",),
    ),
)
