"""Which pages of the desk stand before the log-in is complete (decisions B6)."""

ACCOUNT_VIEWS = ("account_", "mfa_", "socialaccount_", "openid_connect_")


def is_account_view(view_name: str) -> bool:
    """Tell whether the page is the log-in, the second factor or one's own account."""
    return view_name.startswith(ACCOUNT_VIEWS)
