// An OpenID provider made of oidc-provider: one client, one person, PKCE required.
const { Provider } = await import(process.env.OUTSIDE_MODULE);
const { OUTSIDE_PORT: port, OUTSIDE_BACK: back, OUTSIDE_EMAIL: email } = process.env;
const provider = new Provider(`http://localhost:${port}`, {
  clients: [{
    client_id: 'infitah',
    client_secret: 'shared-with-the-provider-of-the-check',
    redirect_uris: [back],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: process.env.OUTSIDE_AUTH,
  }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  findAccount: (_ctx, sub) => ({
    accountId: sub,
    claims: () => ({ sub, email, email_verified: process.env.OUTSIDE_VERIFIED === '1', name: 'x' }),
  }),
  features: { devInteractions: { enabled: true } },
  pkce: { required: () => true },
});
provider.listen(Number(port), '127.0.0.1');
