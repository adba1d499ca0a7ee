using SyncHealth.Ingest.Limits;

namespace SyncHealth.Ingest;

/// <summary>How the ingest edge behaves. Validated by <see cref="Validate"/> at start.</summary>
public sealed class IngestOptions
{
    /// <summary>What the largest body takes: twice its size while its blocks are made one piece, and the rest of the first and the last block.</summary>
    internal const long LargestBodyInWorkBytes = 2L * Contracts.EventLimits.MaxOtlpBodyBytes + 2 * RequestBody.BlockBytes;

    /// <summary>The SDK forgets what it was told after a day.</summary>
    public static readonly TimeSpan LongestSdkInterval = TimeSpan.FromDays(1);

    /// <summary>Beyond it the SDK takes a wait for a mistake.</summary>
    public static readonly TimeSpan LongestSdkPause = TimeSpan.FromHours(1);

    /// <summary>What the clock that events are held against is called in messages. The demo names its accelerated clock here.</summary>
    public string ClockName { get; set; } = "the server's clock";

    /// <summary>Bytes of decompressed bodies that may be in work at once; more requests are refused as overload. Default 128 MiB.</summary>
    public long MaxBodyBytesInFlight { get; set; } = 128L * 1024 * 1024;

    /// <summary>Events a second on average, with bursts of ten seconds' worth, of an ingest key that has no limit of its own. Over all processes. Null (default) sets none.</summary>
    public int? EventsPerSecondPerKey { get; set; }

    /// <summary>
    /// The same of an app without a limit of its own, over all of its keys: half of what one process commits, so that no app fills it alone.
    /// Null sets none. Keys that take any app (the demo's) are held to limits set for an app only.
    /// </summary>
    public int? EventsPerSecondPerApp { get; set; } = 10_000;

    /// <summary>Token that <c>/metrics</c> asks for from elsewhere than this machine. Null (default): only this machine may read.</summary>
    public string? MetricsToken { get; set; }

    /// <summary>Whether this process also folds increments and maintains partitions. Default true; exactly one of several processes does the work at a time.</summary>
    public bool RunLoops { get; set; } = true;

    /// <summary>Share of installs that record, from 0 to 1, told to our SDK with every receipt. An install is in or out as a whole. Default 1: all.</summary>
    public double SdkSample { get; set; } = 1;

    /// <summary>Least wait of an event on the device for a fuller batch, told to our SDK with every receipt. Up to a day. Default zero: as the app was built.</summary>
    public TimeSpan SdkInterval { get; set; }

    /// <summary>Time that our SDK sends nothing after a receipt; events stay on the device. Up to an hour. Default zero: none.</summary>
    public TimeSpan SdkPause { get; set; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names the key to set.</exception>
    public void Validate()
    {
        Require(ClockName.Length > 0, nameof(ClockName), "must not be empty");
        Require(MaxBodyBytesInFlight >= LargestBodyInWorkBytes, nameof(MaxBodyBytesInFlight), $"must be at least {LargestBodyInWorkBytes}, what the largest body takes");
        Require(EventsPerSecondPerKey is null or > 0, nameof(EventsPerSecondPerKey), "must be positive");
        Require(EventsPerSecondPerApp is null or > 0, nameof(EventsPerSecondPerApp), "must be positive");
        Require(SdkSample is >= 0 and <= 1, nameof(SdkSample), "must be from 0 to 1");
        Require(SdkInterval >= TimeSpan.Zero && SdkInterval <= LongestSdkInterval, nameof(SdkInterval), "must be up to a day");
        Require(SdkPause >= TimeSpan.Zero && SdkPause <= LongestSdkPause, nameof(SdkPause), "must be up to an hour");
        Require(MetricsToken is null or { Length: >= 16 }, nameof(MetricsToken), "must have at least 16 characters");
    }

    private static void Require(bool holds, string name, string rule)
    {
        if (!holds)
            throw new ArgumentException($"Ingest:{name} {rule} (environment SYNCHEALTH__Ingest__{name}).");
    }
}
