"""A small OpenID provider on the loopback: what a test of the log-in has to talk to."""

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "infitah", "shared-with-the-provider"


@dataclass
class Provider:
    """Who is logged in there, and what the provider says of them; PKCE and secret are checked."""

    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    url: str = ""

    def __post_init__(self) -> None:
        self.key = rsa.generate_private_key(65537, 2048)
        self.tokens: set[str] = set()
        provider = self

        class Door(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.answer(self, {})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                provider.answer(self, {name: one[0] for name, one in parse_qs(body).items()})

            def log_message(self, *_args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def answer(self, door: BaseHTTPRequestHandler, form: dict[str, str]) -> None:
        path = urlsplit(door.path).path
        if path == "/.well-known/openid-configuration":
            reply: dict[str, Any] = self.configuration()
        elif path == "/token":
            reply = self.token(form)
        elif path == "/userinfo" and door.headers["Authorization"][7:] in self.tokens:
            reply = self.claims if self.userinfo is None else self.userinfo
        else:
            reply = {"error": "not_found"}
        body = json.dumps(reply).encode()
        door.send_response(400 if "error" in reply else 200)
        door.send_header("Content-Type", "application/json")
        door.send_header("Content-Length", str(len(body)))
        door.end_headers()
        door.wfile.write(body)

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def authorize(self, address: str) -> str:
        """Do what a person's browser would do at the provider; return where it is sent back."""
        asked = {name: one[0] for name, one in parse_qs(urlsplit(address).query).items()}
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"]})
        return f"{asked['redirect_uri']}?{back}"

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        asked = self.codes.pop(form["code"], None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            asked is None
            or proof != asked["code_challenge"]
            or form["redirect_uri"] != asked["redirect_uri"]
            or (form["client_id"], form["client_secret"]) != (CLIENT, SECRET)
        ):
            self.refusals.append(str(form))
            return {"error": "invalid_grant"}
        access = secrets.token_urlsafe(8)
        self.tokens.add(access)
        stated = {"iss": self.url, "aud": CLIENT, "exp": time.time() + 60, "iat": time.time()}
        token = jwt.encode({**stated, **self.claims}, self.key, algorithm="RS256")
        return {"access_token": access, "token_type": "Bearer", "id_token": token}

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
