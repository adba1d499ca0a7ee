// An app that sends with OpenTelemetry's own JavaScript SDK and nothing of ours.
// node send.mjs ENDPOINT KEY http|proto gzip|none: three records of ours, one of somebody else's, one that breaks a type.
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { OTLPLogExporter as HttpExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as ProtoExporter } from '@opentelemetry/exporter-logs-otlp-proto';

const [url, key, transport, compression] = process.argv.slice(2);
const Exporter = transport === 'proto' ? ProtoExporter : HttpExporter;
const exporter = new Exporter({ url, headers: { 'x-synchealth-key': key }, compression });
const resource = resourceFromAttributes({
  'service.name': 'notes', 'service.version': '2.4.1', 'os.name': 'ios', 'os.version': '18.1', 'app.installation.id': 'install-js',
  'device.model.identifier': 'iPhone16,1', 'deployment.environment.name': 'production', 'enduser.id': 'u-812', cohort: 'beta',
});
const provider = new LoggerProvider({ resource, processors: [new BatchLogRecordProcessor({ exporter })] });
const logger = provider.getLogger('sync');

logger.emit({
  eventName: 'sync.attempt', body: 'synced',
  attributes: {
    'sync.event.id': 'js-1', 'sync.event.seq': 7, 'sync.type': 'delta', 'sync.success': true, 'sync.outcome': 'partial', 'sync.duration_ms': 812.5,
    'sync.conflict_count': 3, 'sync.queue_depth': 4, 'sync.oldest_pending_ms': 2500, 'sync.direction': 'both', 'sync.trigger': 'foreground', 'sync.retries': 1,
    'sync.items.pushed': 3, 'sync.items.pulled': 12, 'sync.items.applied': 11, 'sync.items.rejected': 1, 'sync.bytes.up': 914, 'sync.bytes.down': 5120,
    'sync.network.metered': true, 'network.connection.type': 'cell',
    'sync.conflicts': [{ entity: 'note', kind: 'update_update', strategy: 'lww', winner: 'remote', discarded: 1, count: 2 }],
    'sync.failures': [{ entity: 'photo', kind: 'denied', code: 'http_422', count: 1, parked: true }],
    'sync.deferred.metered': 2, 'sync.dropped.queue_full': 12,
  },
});
logger.emit({ eventName: 'sync.attempt', attributes: {
  'sync.event.id': 'js-2', 'sync.type': 'push', 'sync.success': false, 'sync.duration_ms': 90, 'sync.error.kind': 'server', 'error.type': 'http_503',
  'network.connection.type': 'wired', 'sync.conflict.lww': 2, 'sync.conflict.crdt': 1 } });
logger.emit({ eventName: 'sync.open', attributes: { 'sync.event.id': 'js-3', 'sync.queue_depth': 5 } });
logger.emit({ eventName: 'app.crash', attributes: { reason: 'of no concern here' } });
logger.emit({ eventName: 'sync.attempt', attributes: { 'sync.event.id': 'js-5', 'sync.type': 'delta', 'sync.success': 'perhaps', 'sync.duration_ms': 1 } });

await provider.forceFlush();
await provider.shutdown();
