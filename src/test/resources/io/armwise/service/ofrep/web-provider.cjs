// Runs the stock web provider as a page would: fetches all flags, opens the event stream, and prints
// one JSON line per step. Environment: BASE_URL, KEY, UNIT, FLAG (a string flag). Ends when the flag
// has changed and a further fetch has found nothing new.
const { OpenFeature, ProviderEvents } = require('@openfeature/web-sdk');
const { OFREPWebProvider } = require('@openfeature/ofrep-web-provider');
globalThis.EventSource = require('eventsource').EventSource;

const print = (step, content) => console.log(JSON.stringify({ step, ...content }));

async function watched(request) {
  const response = await fetch(request);
  print('fetched', {
    status: response.status,
    query: new URL(request.url).search,
    ifNoneMatch: request.headers.get('if-none-match'),
    etag: response.headers.get('etag'),
  });
  return response;
}

async function main() {
  await OpenFeature.setContext({ targetingKey: process.env.UNIT });
  const provider = new OFREPWebProvider({
    baseUrl: process.env.BASE_URL,
    headers: [['Authorization', `Bearer ${process.env.KEY}`]],
    cacheMode: 'disabled',
    fetchImplementation: watched,
  });
  const client = OpenFeature.getClient();
  const changed = new Promise((resolve) => {
    client.addHandler(ProviderEvents.ConfigurationChanged, (event) => resolve(event));
  });
  await OpenFeature.setProviderAndWait(provider);
  print('ready', { details: client.getStringDetails(process.env.FLAG, 'fallback') });
  await changed;
  print('changed', { details: client.getStringDetails(process.env.FLAG, 'fallback') });
  await OpenFeature.setContext({ targetingKey: process.env.UNIT });
  print('unchanged', { details: client.getStringDetails(process.env.FLAG, 'fallback') });
  await OpenFeature.close();
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
