using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using SyncHealth.Host.Configuration;

namespace SyncHealth.Host.Telemetry;

/// <summary>SyncHealth's own traces and metrics, sent to a collector when one is named.</summary>
internal static class OwnTelemetry
{
    private const string EndpointKey = "Telemetry:OtlpEndpoint";

    /// <summary>How long one export may take, in milliseconds: the next one brings what this one lost.</summary>
    private const int ExportTimeoutMs = 5000;

    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "SyncHealth.*"];

    private static readonly string[] Meters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Components", "System.Net.Http", "System.Runtime", "Npgsql", "SyncHealth.*"];

    /// <exception cref="StartupException">The collector's address is no address.</exception>
    public static void Add(IServiceCollection services, Settings settings)
    {
        if (settings.Text(EndpointKey) is not { } text)
            return;
        // A collector may stand under a path; without the slash its last part would be replaced.
        if (!Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var collector) || collector.Scheme is not ("http" or "https"))
            throw new StartupException(ExitCodes.Configuration, $"SYNCHEALTH__Telemetry__OtlpEndpoint is '{text}'; set it to the address of a collector, such as http://127.0.0.1:4318.");

        services.AddSingleton(_ => OpenTelemetrySdk.Create(builder => builder
            .ConfigureResource(resource => resource.AddService("synchealth"))
            .WithTracing(tracing => tracing.AddSource(Sources).AddOtlpExporter(options => Export(options, collector, "v1/traces")))
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter(options => Export(options, collector, "v1/metrics")))));
        services.AddHostedService<TelemetryHost>();
        services.AddSingleton<IStartupFilter, ServerSpans>();
    }

    /// <summary>A code-set endpoint gets no suffix from the exporter, so the full path stands here.</summary>
    private static void Export(OtlpExporterOptions options, Uri collector, string path)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new Uri(collector, path);
        options.TimeoutMilliseconds = ExportTimeoutMs;
    }
}
