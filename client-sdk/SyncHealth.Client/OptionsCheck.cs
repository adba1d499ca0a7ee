using SyncHealth.Contracts;

namespace SyncHealth.Client;

/// <summary>The ranges of the options. Each message begins with the option's name, so that the Hosting package can name the configuration key.</summary>
internal static class OptionsCheck
{
    /// <summary>Smallest queue that holds a batch of full-grown events.</summary>
    private const long MinQueueBytes = 64 * 1024;

    /// <exception cref="ArgumentException">An option is missing or out of its range.</exception>
    internal static void Check(SyncTelemetryOptions options)
    {
        foreach (var problem in Problems(options ?? throw new ArgumentNullException(nameof(options))))
            throw new ArgumentException(problem, nameof(options));
    }

    internal static IEnumerable<string> Problems(SyncTelemetryOptions options)
    {
        if (options.Endpoint is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            yield return $"{nameof(options.Endpoint)} must be an absolute http or https address.";
        if (string.IsNullOrWhiteSpace(options.Key) || options.Key.Any(c => c is <= ' ' or > '~'))
            yield return $"{nameof(options.Key)} must be an ingest key (printable ASCII, no blanks).";
        if (options.Protocol is not (SyncProtocol.Json or SyncProtocol.Otlp))
            yield return $"{nameof(options.Protocol)} must be {nameof(SyncProtocol.Json)} or {nameof(SyncProtocol.Otlp)}.";
        if (options.MaxQueueBytes < MinQueueBytes)
            yield return $"{nameof(options.MaxQueueBytes)} must be at least {MinQueueBytes}.";
        if (options.MaxQueueAge <= TimeSpan.Zero)
            yield return $"{nameof(options.MaxQueueAge)} must be positive.";
        if (options.BatchSize is < 1 or > EventLimits.MaxEventsPerBatch)
            yield return $"{nameof(options.BatchSize)} must be from 1 to {EventLimits.MaxEventsPerBatch}.";
        if (options.BatchInterval <= TimeSpan.Zero)
            yield return $"{nameof(options.BatchInterval)} must be positive.";
        if (options.SparingInterval <= TimeSpan.Zero)
            yield return $"{nameof(options.SparingInterval)} must be positive.";
        if (options.ReplayInterval < TimeSpan.Zero)
            yield return $"{nameof(options.ReplayInterval)} must not be negative.";
        if (options.RequestTimeout <= TimeSpan.Zero)
            yield return $"{nameof(options.RequestTimeout)} must be positive.";
        if (options.ShutdownTimeout < TimeSpan.Zero)
            yield return $"{nameof(options.ShutdownTimeout)} must not be negative.";
        if (options.TimeProvider is null)
            yield return $"{nameof(options.TimeProvider)} must be set.";
    }
}
