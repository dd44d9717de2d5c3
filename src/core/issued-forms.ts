/** Forms that providers give to their ids and secrets, and to nothing else; told from the value alone. A table. */

export interface IssuedForm {
  readonly by: string;
  readonly id?: RegExp;
  readonly secret?: RegExp;
  /** Where the form is written down. */
  readonly source: string;
}

export const ISSUED_FORMS: readonly IssuedForm[] = [
  {
    by: 'Google',
    id: /^\d{6,21}(?:-[a-z0-9_]{10,40})?\.apps\.googleusercontent\.com$/,
    secret: /^GOCSPX-[\w-]{20,40}$/,
    source:
      'https://github.com/praetorian-inc/noseyparker/blob/main/crates/noseyparker/data/default/builtin/rules/google.yml',
  },
  {
    // Its ids are GUIDs, which others give to secrets (HubSpot, Keycloak before version 12).
    by: 'Microsoft Entra',
    secret: /^[\w.~-]{3}\dQ~[\w.~-]{31,34}$/,
    source: 'https://github.com/gitleaks/gitleaks/blob/master/cmd/generate/config/rules/azure.go',
  },
  {
    by: 'Amazon',
    id: /^amzn1\.application-oa2-client\.[0-9a-f]{32}$/,
    secret: /^amzn1\.oa2-cs\.v\d\.[0-9a-f]{40,}$/,
    source: 'https://developer.amazon.com/docs/login-with-amazon/security-profile.html',
  },
  {
    by: 'GitHub',
    id: /^(?:Iv1\.[0-9a-f]{16}|(?:Iv|Ov)23[\w]{16})$/,
    source: 'https://docs.github.com/en/rest/apps/apps#create-a-github-app-from-a-manifest',
  },
  {
    by: 'Okta',
    id: /^0oa[A-Za-z0-9]{17}$/,
    source: 'https://developer.okta.com/docs/reference/core-okta-api/',
  },
];

/** What a provider issues in the form of this value; undefined where the form tells nothing. */
export function issuedAs(value: string): 'id' | 'secret' | undefined {
  const bare = value.trim().replace(/^(["'])(.*)\1$/s, '$2');
  if (ISSUED_FORMS.some(({ id }) => id?.test(bare))) return 'id';
  return ISSUED_FORMS.some(({ secret }) => secret?.test(bare)) ? 'secret' : undefined;
}
