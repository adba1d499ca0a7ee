using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace SyncHealth.Host.Telemetry;

/// <summary>Keeps the OpenTelemetry SDK alive with the application and flushes it at the end.</summary>
internal sealed class TelemetryHost(OpenTelemetrySdk sdk) : IHostedService
{
    /// <summary>How long the last export may take, in milliseconds: a missing collector must not hold up a stop.</summary>
    private const int FlushTimeoutMs = 3000;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        sdk.TracerProvider.ForceFlush(FlushTimeoutMs);
        sdk.MeterProvider.ForceFlush(FlushTimeoutMs);
        return Task.CompletedTask;
    }
}
