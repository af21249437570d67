// Asks the stock server provider for flags and prints what an application would get.
// Environment: BASE_URL, KEY. Standard input: a list of {flag, type, fallback, context}.
const { OpenFeature } = require('@openfeature/server-sdk');
const { OFREPProvider } = require('@openfeature/ofrep-provider');

async function main() {
  const questions = JSON.parse(require('fs').readFileSync(0, 'utf8'));
  await OpenFeature.setProviderAndWait(
    new OFREPProvider({
      baseUrl: process.env.BASE_URL,
      headers: [['Authorization', `Bearer ${process.env.KEY}`]],
    }),
  );
  const client = OpenFeature.getClient();
  const answers = [];
  for (const { flag, type, fallback, context } of questions) {
    answers.push(await client[`get${type}Details`](flag, fallback, context));
  }
  console.log(JSON.stringify(answers));
  await OpenFeature.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
