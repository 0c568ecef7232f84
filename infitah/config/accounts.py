"""The identity provider of the administration, as allauth wants it told (INFITAH_OIDC_*)."""

from hashlib import sha256

from infitah.config.environment import Environment

Apps = list[dict[str, object]]


def provider_id(issuer: str) -> str:
    """Return the name under which links are kept: one for each issuer.

    A link is (issuer, subject). Were the name the same for all, a new issuer could hand out the
    subjects of the old one.
    """
    return f"oidc-{sha256(issuer.encode()).hexdigest()[:16]}"


def providers(environment: Environment) -> dict[str, dict[str, Apps]]:
    """Return the provider that the environment names, or none."""
    apps: Apps = []
    if environment.oidc_issuer:
        apps.append(
            {
                "provider_id": provider_id(environment.oidc_issuer),
                "name": environment.oidc_issuer.split("://")[-1].split("/")[0],
                "client_id": environment.oidc_client_id,
                "secret": environment.oidc_client_secret,
                "settings": {
                    "server_url": environment.oidc_issuer,
                    "oauth_pkce_enabled": True,
                },
            }
        )
    return {"openid_connect": {"APPS": apps}}
