"""Settings of the test suite: the product's own, quick hashes, no files outside a scratch home."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "INFITAH_TEST_HOME" not in os.environ:  # processes that the tests start share or bring a home
    os.environ["INFITAH_TEST_HOME"] = tempfile.mkdtemp(prefix="infitah-test-")
    atexit.register(shutil.rmtree, os.environ["INFITAH_TEST_HOME"], ignore_errors=True)
SCRATCH = Path(os.environ["INFITAH_TEST_HOME"])
os.environ["INFITAH_HOME"] = str(SCRATCH)
os.environ.setdefault("INFITAH_SECRET_KEY", "for-tests-only-" + "x" * 40)
os.environ.pop("INFITAH_SMTP_URL", None)
os.environ.pop("INFITAH_CLAMD", None)
os.environ.pop("INFITAH_NOW", None)
os.environ.setdefault("INFITAH_MEANING", "off")  # 125 MB: the tests of meaning switch it on

from infitah.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
if not os.environ.get("INFITAH_TEST_LIVE"):  # the tests' own process; servers keep the rest
    if str(DATABASES["default"]["ENGINE"]).endswith("sqlite3"):  # noqa: F405
        DATABASES["default"]["NAME"] = ":memory:"  # noqa: F405
    TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
