/** Sentences that the credential checks share. */
import type { FixStep, Scene } from '../../core/index.ts';
import { proof } from '../proof.ts';
import type { CredentialFacts } from './sightings.ts';

export const nameOf = ({ which }: CredentialFacts): string => `client ${which}`;

/** `The client secret (from WHY403_CLIENT_SECRET)`. */
export function subject(facts: CredentialFacts): string {
  const where =
    facts.from === 'header' ? ' in the Authorization header' : facts.origin ? ` (from ${facts.origin})` : '';
  return `The ${nameOf(facts)}${where}`;
}

/** Copy the value anew from where the provider shows it. */
export function copyAnew(facts: CredentialFacts, scene: Scene, action: string): FixStep {
  return { who: 'you', action, where: placeToEdit(facts, scene) };
}

/** The place that the person edits; for a paste, the place where the client is shown. */
export function placeToEdit(facts: CredentialFacts, scene: Scene): string {
  if (facts.from === 'paste') return facts.at;
  if (facts.from === 'header') return 'where the header is built';
  return facts.origin ?? scene.profile.signposts.client;
}

/** What the server rules decide, said for providers whose form rules nothing out. */
export function certaintyNote(scene: Scene): string {
  return scene.profile.credential.deformedBlocks
    ? ` ${scene.profile.title} never issues a value like that.`
    : ' This provider may allow such a value, so the request is made and the server decides.';
}

/** The credential stage needs no network. */
export const proveOffline = (scene: Scene): FixStep =>
  proof(scene, {
    offline: true,
    shows: 'Check it without sending anything: the stage "credential" is clear.',
  });
