// Serves a clinic's FHIR server to kiosks and phones by REST, with the clinic's credential kept here: `npm run gateway`.
import { gatewaySettings, MISSING } from './gateway-settings.ts';
import { startGateway } from './gateway-server.ts';

const settings = gatewaySettings(process.env);
if ('wrong' in settings) {
  console.error(MISSING);
  for (const line of settings.wrong) console.error(`  ${line}`);
  process.exit(1);
}

const running = await startGateway(settings, (line) => console.log(line)).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
console.log(
  `The gateway answers on ${running.url}, for ${settings.origins.join(', ') || 'no page of another origin'}.`,
);
for (const line of settings.notices) console.log(line);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void running.close().then(() => process.exit(0));
  });
}
