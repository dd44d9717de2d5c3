/**
 * The smallest role and its client as Terraform (provider MyPureCloud/genesyscloud: `genesyscloud_auth_role`,
 * `genesyscloud_oauth_client`; docs of 2026-07).
 */
import type { SmallestRole } from './role.ts';

export interface TerraformNames {
  readonly role: string;
  readonly client: string;
  readonly description: string;
}

/** HCL of a role and of a client-credentials client that holds it, in the divisions that the reader fills in. */
export function terraform(role: SmallestRole, names: TerraformNames): string {
  const policies = role.policies.map(
    ({ domain, entityName, actionSet }) => `  permission_policies {
    domain      = ${quoted(domain)}
    entity_name = ${quoted(entityName)}
    action_set  = [${actionSet.map(quoted).join(', ')}]
  }
`,
  );
  const general = role.general.length > 0 ? `  permissions = [${role.general.map(quoted).join(', ')}]\n` : '';
  return `variable "division_ids" {
  description = "Divisions whose data is wanted; [\\"*\\"] means all of them"
  type        = set(string)
}

resource "genesyscloud_auth_role" "why403" {
  name        = ${quoted(names.role)}
  description = ${quoted(names.description)}
${general}${policies.join('')}}

resource "genesyscloud_oauth_client" "why403" {
  name                  = ${quoted(names.client)}
  description           = ${quoted(names.description)}
  authorized_grant_type = "CLIENT-CREDENTIALS"

  # Without division_id the role would hold in the Home division only.
  dynamic "roles" {
    for_each = var.division_ids
    content {
      role_id     = genesyscloud_auth_role.why403.id
      division_id = roles.value
    }
  }
}
`;
}

/** A string of HCL: template sequences are defused. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[$%](?=\{)/g, (sign) => sign + sign);
}
