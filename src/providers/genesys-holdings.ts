/** What the answers of the authorization API tell about the client: roles, divisions, permissions, products. */
import {
  answersTo,
  bodyField,
  statusOf,
  type DivisionRef,
  type Evidence,
  type Exchange,
  type Grant,
  type Holdings,
  type Json,
  type Permitted,
  type StepName,
} from '../core/index.ts';
import { clientRecords } from './genesys-records.ts';

type Fields = { readonly [key: string]: Json | undefined };

/** Reads the answers of a climb; a field is absent where nobody was asked or the answer was a refusal. */
export function genesysHoldings(evidence: Evidence): Holdings {
  const whoami = answered(evidence, 'whoami').at(-1);
  const organization = answered(evidence, 'organization').at(-1);
  const grants = answered(evidence, 'grants').at(-1);
  const divisions = answered(evidence, 'divisions');
  const products = answered(evidence, 'products').at(-1);
  const permissions = answered(evidence, 'permissions');
  const records = clientRecords(evidence);
  const record = records.find((r) => !r.absent);
  return {
    ...(whoami
      ? { client: clientOf(whoami) }
      : record && { client: { ...(record.name !== undefined && { name: record.name }) } }),
    ...(records.length > 0 && { records }),
    ...(organization && { organization: named(fields(body(organization))) }),
    ...(grants && { grants: list(bodyField(grants, 'grants')).map(grantOf) }),
    ...(divisions.length > 0 && { divisions: divisions.flatMap(entities).map(divisionOf) }),
    permitted: Object.fromEntries(answered(evidence, 'divisions-permitted').flatMap(permittedOf)),
    ...(permissions.length > 0 && { existing: existingOf(permissions) }),
    ...(products && { products: entities(products).flatMap((p) => text(p['id']) ?? []) }),
  };
}

function answered(evidence: Evidence, step: StepName): Exchange[] {
  return answersTo(evidence, step).filter((x) => {
    const status = statusOf(x);
    return status !== undefined && status >= 200 && status < 300 && body(x) !== undefined;
  });
}

function body({ outcome }: Exchange): Json | undefined {
  return outcome.kind === 'answered' && outcome.body.kind === 'json' ? outcome.body.value : undefined;
}

function fields(value: Json | undefined): Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : {};
}

function list(value: Json | undefined): Fields[] {
  return Array.isArray(value) ? value.map((one: Json) => fields(one)) : [];
}

function entities(exchange: Exchange): Fields[] {
  return list(bodyField(exchange, 'entities'));
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function strings(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((x): x is string => typeof x === 'string') : [];
}

function named(value: Fields): { id?: string; name?: string } {
  const [id, name] = [text(value['id']), text(value['name'])];
  return { ...(id !== undefined && { id }), ...(name !== undefined && { name }) };
}

function clientOf(whoami: Exchange): NonNullable<Holdings['client']> {
  const client = fields(bodyField(whoami, 'OAuthClient'));
  const grantType = text(client['authorizedGrantType']);
  const scopes = bodyField(whoami, 'authorizedScope') ?? client['scope'];
  return {
    ...named(client),
    ...(grantType !== undefined && { grantType }),
    ...(Array.isArray(scopes) && { scopes: strings(scopes) }),
  };
}

function divisionOf(value: Fields): DivisionRef {
  const counts = Object.entries(fields(value['objectCounts']));
  const queues = counts.find(([type]) => /^queues?$/i.test(type))?.[1];
  const { id = '', name } = named(value);
  return {
    id,
    ...(name !== undefined && { name }),
    ...(typeof value['homeDivision'] === 'boolean' && { home: value['homeDivision'] }),
    ...(typeof queues === 'number' && { queues }),
  };
}

function grantOf(value: Fields): Grant {
  const role = fields(value['role']);
  const policies = list(role['policies']);
  const all = policies.flatMap((policy) => {
    const { domain, entityName, actions, condition } = policy;
    return strings(actions).map((action) => ({
      permission: `${text(domain) ?? ''}:${text(entityName) ?? ''}:${action}`,
      conditional: condition !== undefined && condition !== null,
    }));
  });
  return {
    role: text(role['name']) ?? text(role['id']) ?? '(unnamed role)',
    division: divisionOf(fields(value['division'])),
    permissions: all.filter((p) => !p.conditional).map((p) => p.permission),
    conditional: all.filter((p) => p.conditional).map((p) => p.permission),
  };
}

function permittedOf(exchange: Exchange): [string, Permitted][] {
  if (exchange.subject === undefined) return [];
  return [
    [
      exchange.subject,
      {
        all: bodyField(exchange, 'allDivsPermitted') === true,
        divisions: entities(exchange).map(divisionOf),
      },
    ],
  ];
}

function existingOf(pages: readonly Exchange[]): NonNullable<Holdings['existing']> {
  const permissions = pages.flatMap(entities).flatMap((domain) =>
    Object.entries(fields(domain['permissionMap'])).flatMap(([entity, rows]) =>
      list(rows).map((row) => {
        const parts = [text(row['domain']) ?? text(domain['domain']), text(row['entityType']) ?? entity];
        return [...parts, text(row['action'])].join(':');
      }),
    ),
  );
  const count = bodyField(pages[0]!, 'pageCount');
  return { permissions, complete: typeof count !== 'number' || pages.length >= count };
}
