/** Words for whoever must act: who the client is, and the message that an admin gets. */
import { visibleLine, type Holdings, type Scene } from '../core/index.ts';
import { promise, type ProofOptions } from './proof.ts';

/** What the client holds by the answers shown. */
export function holdingsOf(scene: Scene): Holdings {
  return scene.profile.holdings?.(scene) ?? { permitted: {} };
}

/** The client's id, where it may be shown. */
export function clientId(scene: Scene): string | undefined {
  return scene.evidence.client?.id ?? holdingsOf(scene).client?.id;
}

/** `the OAuth client "Hourly export" (0f1c…)`, with what is known of it. */
export function clientTitle(scene: Scene): string {
  const name = holdingsOf(scene).client?.name;
  const id = clientId(scene);
  const known = [name && `"${visibleLine(name)}"`, id && (name ? `(${id})` : id)].filter(Boolean);
  return ['the OAuth client', ...known].join(' ');
}

/** `the organization "Example", region eu-central-1 (mypurecloud.de)`; empty where nothing is known. */
export function placeTitle(scene: Scene): string {
  const org = holdingsOf(scene).organization?.name;
  const { region, issuer } = scene.evidence.settings;
  return [
    org && `the organization "${visibleLine(org)}"`,
    region && `region ${visibleLine(region)}`,
    !region && issuer && visibleLine(issuer),
  ]
    .filter(Boolean)
    .join(', ');
}

export interface Wish {
  /** What fails, as the asker sees it: `GET /x answers 403`. */
  readonly problem: string;
  /** What to do, one line each. */
  readonly please: readonly string[];
  readonly where: string;
  /** The endpoint of the check, `METHOD /path`; default: those of the evidence. */
  readonly endpoint?: string | undefined;
  /** Flags of the check that the fix changes. */
  readonly instead?: ProofOptions['instead'];
}

/** The message to an admin: who asks for what, where to click, and how the asker will check it. */
export function messageToAdmin(scene: Scene, wish: Wish): string {
  const place = placeTitle(scene);
  const check = {
    ...(wish.endpoint !== undefined && { endpoint: wish.endpoint }),
    ...(wish.instead && { instead: wish.instead }),
  };
  return [
    `Hello, this is about ${clientTitle(scene)}${place ? ` in ${place}` : ''}.`,
    `${wish.problem}`,
    'Please:',
    ...wish.please.map((line) => `- ${line}`),
    `Where: ${wish.where}.`,
    promise(scene, check),
  ].join('\n');
}
