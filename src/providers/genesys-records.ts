/**
 * What a second client may read of the first: `GET /api/v2/oauth/clients/{clientId}` (permission oauth:client:view). It
 * shows a client of the reader's own organisation only, so a 404 says no more than that it is not in this one.
 */
import { bodyText, statusOf, stepName } from '../core/index.ts';
import type { Ask, ClientRecord, Evidence, Exchange, KnownSettings } from '../core/index.ts';
import { parsed } from './genesys-places.ts';
import { regionOf, regionOfHost, regionTitle, regionUrls } from './genesys-regions.ts';

/** The API's base URL without a slash at the end. */
export function genesysApiUrl(settings: KnownSettings): string | undefined {
  if (settings.apiUrl !== undefined) return settings.apiUrl.replace(/\/+$/, '');
  const region = regionOf(settings.region ?? '');
  return region && regionUrls(region).api;
}

export function genesysRecordAsk(clientId: string, settings: KnownSettings): Ask | undefined {
  const api = genesysApiUrl(settings);
  if (api === undefined) return undefined;
  return {
    step: 'client-record',
    method: 'GET',
    url: `${api}/api/v2/oauth/clients/${encodeURIComponent(clientId)}`,
    auth: 'bearer',
    keep: ['id', 'name', 'authorizedGrantType', 'state'],
  };
}

/** The answers that say something of the client: found, or not there. A refusal of the second client says nothing. */
export function clientRecords({ probes = [], settings }: Evidence): ClientRecord[] {
  const own = placeOf(genesysApiUrl(settings));
  return probes.flatMap((exchange): ClientRecord[] => {
    if (stepName(exchange.step) !== 'client-record') return [];
    const place = placeOf(exchange.request.url);
    const status = statusOf(exchange);
    const absent = status === 404 && isOfTheApi(exchange);
    if (place === undefined || (!absent && (status !== 200 || bodyText(exchange, 'id') === undefined)))
      return [];
    const [name, grantType, state] = ['name', 'authorizedGrantType', 'state'].map((field) =>
      absent ? undefined : bodyText(exchange, field),
    );
    return [
      {
        step: exchange.step,
        absent,
        place,
        samePlace: place === own,
        ...(name !== undefined && { name }),
        ...(grantType !== undefined && { grantType }),
        ...(state !== undefined && { state }),
      },
    ];
  });
}

/** A 404 of the API has its error body; one of something on the way has not. */
function isOfTheApi(exchange: Exchange): boolean {
  return /not\.?\s?found/i.test(bodyText(exchange, 'code') ?? '');
}

/** The region of a URL, or its host where that belongs to none. */
function placeOf(url: string | undefined): string | undefined {
  const where = parsed(url);
  const region = where && regionOfHost(where.hostname)?.region;
  return region ? regionTitle(region) : where?.host;
}
