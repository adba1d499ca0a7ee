using System.Text.Encodings.Web;
using System.Text.Json;

namespace SyncHealth.Dashboard.Setup;

/// <summary>What to paste into an app, or a shell, to send the first sync attempt. Tests compile the C# and run the shell's.</summary>
/// <param name="endpoint">Address of the installation, with a slash at the end.</param>
/// <param name="key">An ingest key.</param>
/// <param name="app">Name of the app.</param>
/// <param name="timestamp">Milliseconds since 1970 of the attempt, as a shell writes it.</param>
internal sealed class Snippets(string endpoint, string key, string app, string timestamp)
{
    /// <summary>Milliseconds of now, as any POSIX shell writes them. It stands in the middle of a text in single quotes.</summary>
    public const string ShellNow = "'$(date +%s)'000";

    /// <summary>Names are shown, never parsed as markup: only what ends a literal has to be escaped.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For a shell.</summary>
    public string Curl => $$"""
        curl {{Shell(endpoint + "v1/events")}} \
          -H {{Shell("Authorization: Bearer " + key)}} -H 'Content-Type: application/json' \
          -d '{"resource":{"app":{{Quoted(app).Replace("'", "'\\''", StringComparison.Ordinal)}},"appVersion":"1.0.0","os":"android","deviceId":"my-first-device"},
               "events":[{"timestamp":{{timestamp}},"type":"delta","success":true,"durationMs":812}]}'
        """;

    /// <summary>With the package <c>SyncHealth.Client</c>.</summary>
    public string CSharp => $$"""
        await using var telemetry = SyncTelemetry.Create(new SyncTelemetryOptions
        {
            Endpoint = new Uri({{Quoted(endpoint)}}), Key = {{Quoted(key)}}, App = {{Quoted(app)}}, AppVersion = "1.0.0",
        });
        using (var attempt = telemetry.StartSync(SyncType.Delta, SyncTrigger.Foreground))
            attempt.Pushed(3).Pulled(12).Succeed();
        """;

    /// <summary>With OpenTelemetry for Java and Kotlin (<c>io.opentelemetry:opentelemetry-sdk</c>, <c>opentelemetry-exporter-otlp</c>).</summary>
    public string Kotlin => $$"""
        val exporter = OtlpHttpLogRecordExporter.builder()
            .setEndpoint({{Kotlined(endpoint + "v1/logs")}})
            .addHeader("X-SyncHealth-Key", {{Kotlined(key)}})
            .build()
        val resource = Resource.create(Attributes.builder()
            .put("service.name", {{Kotlined(app)}}).put("service.version", "1.0.0")
            .put("os.name", "android").put("app.installation.id", installationId).build())
        val logs = SdkLoggerProvider.builder().setResource(resource)
            .addLogRecordProcessor(BatchLogRecordProcessor.builder(exporter).build()).build()

        logs["sync"].logRecordBuilder()
            .setTimestamp(Instant.now())
            .setAttribute(AttributeKey.stringKey("event.name"), "sync.attempt")
            .setAttribute(AttributeKey.stringKey("sync.type"), "delta")
            .setAttribute(AttributeKey.booleanKey("sync.success"), true)
            .setAttribute(AttributeKey.longKey("sync.duration_ms"), 812L)
            .emit()
        """;

    /// <summary>With OpenTelemetry for Swift (<c>OpenTelemetrySdk</c>, <c>OpenTelemetryProtocolExporterHTTP</c>).</summary>
    public string Swift => $$"""
        let exporter = OtlpHttpLogExporter(
            endpoint: URL(string: {{Quoted(endpoint + "v1/logs")}})!,
            envVarHeaders: [("X-SyncHealth-Key", {{Quoted(key)}})])
        let logs = LoggerProviderBuilder()
            .with(resource: Resource(attributes: [
                "service.name": .string({{Quoted(app)}}), "service.version": .string("1.0.0"),
                "os.name": .string("ios"), "app.installation.id": .string(installationId)]))
            .with(processors: [BatchLogRecordProcessor(logRecordExporter: exporter)])
            .build()

        logs.get(instrumentationScopeName: "sync").logRecordBuilder()
            .setTimestamp(Date())
            .setAttributes([
                "event.name": .string("sync.attempt"), "sync.type": .string("delta"),
                "sync.success": .bool(true), "sync.duration_ms": .int(812)])
            .emit()
        """;

    /// <summary>With OpenTelemetry for JavaScript (<c>@opentelemetry/sdk-logs</c>, <c>exporter-logs-otlp-http</c>, <c>resources</c>).</summary>
    public string TypeScript => $$"""
        const exporter = new OTLPLogExporter({
          url: {{Quoted(endpoint + "v1/logs")}},
          headers: { 'X-SyncHealth-Key': {{Quoted(key)}} },
        });
        const logs = new LoggerProvider({
          resource: resourceFromAttributes({
            'service.name': {{Quoted(app)}}, 'service.version': '1.0.0',
            'os.name': 'web', 'app.installation.id': installationId,
          }),
          processors: [new BatchLogRecordProcessor({ exporter })],
        });

        logs.getLogger('sync').emit({
          eventName: 'sync.attempt',
          timestamp: Date.now(),
          attributes: { 'sync.type': 'delta', 'sync.success': true, 'sync.duration_ms': 812 },
        });
        """;

    /// <summary>A literal as JSON, C#, Swift and TypeScript read it.</summary>
    private static string Quoted(string text) => JsonSerializer.Serialize(text, Plain);

    /// <summary>Kotlin reads a dollar sign as the beginning of a name.</summary>
    private static string Kotlined(string text) => Quoted(text).Replace("$", "\\$", StringComparison.Ordinal);

    /// <summary>Between quotes, unless a shell reads it as it stands.</summary>
    private static string Shell(string text) => text.All(character => char.IsAsciiLetterOrDigit(character) || ":/._-".Contains(character, StringComparison.Ordinal))
        ? text
        : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
