/** The tables and blocks of a report that belong to no finding, in the words that all formats share. */
import { listed, type Beyond, type LeastPrivilege, type Report } from '../core/index.ts';

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A paragraph list, or a text to copy as it is. */
export interface Block {
  readonly title: string;
  readonly lines: readonly string[];
  readonly code?: { readonly language: 'json' | 'hcl'; readonly text: string };
}

export function tablesOf({ endpoints = [], probes = [] }: Report): Table[] {
  return [
    {
      title: 'Endpoints',
      columns: ['endpoint', 'answer', 'finding'],
      rows: endpoints.map(({ method, path, result, status, codes }) => [
        `${method} ${path}`,
        status === undefined ? result : `${result}, HTTP ${status}`,
        codes.join(', '),
      ]),
    },
    {
      title: 'What differed, one thing at a time',
      columns: ['what', 'set to', 'result', 'answer'],
      rows: probes.map(({ variable, value, result, answer }) => [variable, value, result, answer]),
    },
  ].filter(({ rows }) => rows.length > 0);
}

export function leastPrivilegeBlocks({ leastPrivilege: least }: Report): Block[] {
  if (!least) return [];
  const { clicks, role, terraform } = least;
  return [
    { title: 'The least that these endpoints need', lines: [...needLines(least), ...least.remarks] },
    ...(clicks ? [{ title: 'As clicks', lines: clicks }] : []),
    ...(role !== undefined
      ? [
          {
            title: 'As JSON (POST /api/v2/authorization/roles)',
            lines: [],
            code: { language: 'json', text: JSON.stringify(role, null, 2) } as const,
          },
        ]
      : []),
    ...(terraform !== undefined
      ? [{ title: 'As Terraform', lines: [], code: { language: 'hcl', text: terraform.trimEnd() } as const }]
      : []),
    { title: 'What the client holds beyond that', lines: beyondLines(least) },
  ];
}

function needLines({ permissions, scopes }: LeastPrivilege): string[] {
  const needs = [
    ...permissions.map((permission) => `permission ${permission}`),
    ...scopes.map((scope) => `scope ${scope}`),
  ];
  return needs.length > 0 ? needs : ['nothing that has to be given'];
}

function beyondLines({ beyond }: LeastPrivilege): string[] {
  if (!beyond) return ['not known: what the client holds was not read'];
  if (beyond.length === 0) return ['nothing'];
  const roles = [...new Set(beyond.map(({ role }) => role))];
  return roles.flatMap((role) => {
    const mine = beyond.filter((one) => one.role === role);
    const from = role === undefined ? '' : `by the role "${role}": `;
    const spare = mine.filter(({ tooWide }) => !tooWide).map(rightOf);
    const wide = mine.filter(({ tooWide }) => tooWide).map(rightOf);
    return [
      ...(spare.length > 0 ? [`${from}${listed(spare)}`] : []),
      ...(wide.length > 0 ? [`${from}${listed(wide)}, wider than what is needed`] : []),
    ];
  });
}

function rightOf({ right }: Beyond): string {
  return right;
}
