namespace SyncHealth.Client;

/// <summary>Where the telemetry goes and what it says about this install. Values are copied at <see cref="SyncTelemetry.Create"/>; later changes have no effect.</summary>
public sealed class SyncTelemetryOptions
{
    /// <summary>Base address of the ingest service, <c>/v1/events</c> (or <c>/v1/logs</c>, see <see cref="Protocol"/>) is appended. Required; absolute, http or https.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>How events travel. Default: <see cref="SyncProtocol.Json"/>. With <see cref="SyncProtocol.Otlp"/> the endpoint may be an OpenTelemetry collector.</summary>
    public SyncProtocol Protocol { get; set; }

    /// <summary>Ingest key. Required. It can only write, so it may ship inside an app.</summary>
    public string Key { get; set; } = "";

    /// <summary>Name of the app. Default: none, then the server takes the app of the key.</summary>
    public string? App { get; set; }

    /// <summary>Version of the app; a release is judged by it. Default: none.</summary>
    public string? AppVersion { get; set; }

    /// <summary>Operating system, lower case. Default: <c>android</c>, <c>ios</c>, <c>windows</c>, <c>macos</c> or <c>linux</c>, as detected.</summary>
    public string? Os { get; set; } = Diagnostics.Platform.Os;

    /// <summary>Version of the operating system. Default: as the runtime reports it.</summary>
    public string? OsVersion { get; set; } = Diagnostics.Platform.OsVersion;

    /// <summary>Deployment environment. Default: <c>production</c>; the shipped alert rules read no other.</summary>
    public string Environment { get; set; } = "production";

    /// <summary>Stable id of this install; stored by the server as a keyed hash only. Default: none, then a random id is made and kept in the queue file.</summary>
    public string? DeviceId { get; set; }

    /// <summary>Model of the device, for example <c>Pixel 8</c>. Default: none.</summary>
    public string? DeviceModel { get; set; }

    /// <summary>The host's own reference to its user; stored by the server as a keyed hash only. Default: none.</summary>
    public string? UserRef { get; set; }

    /// <summary>Up to 16 tags of 200 characters, for example a cohort or a region. Default: empty. More are left out.</summary>
    public IDictionary<string, string> Tags { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Folder of the durable queue; created when missing. Default: none, then <c>SyncHealth/{App}</c> in the user's local application data.</summary>
    public string? QueueDirectory { get; set; }

    /// <summary>Keeps the queue in memory: nothing survives the process. Default: <see langword="false"/>. For tests and simulated devices.</summary>
    public bool QueueInMemory { get; set; }

    /// <summary>Most bytes of the durable queue. Default: 10 MiB, about 30,000 events. At least 64 KiB. Above it the oldest events are dropped, counted and reported.</summary>
    public long MaxQueueBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>Greatest age of a queued event. Default: 30 days, which is what the server accepts. Older ones are dropped, counted and reported.</summary>
    public TimeSpan MaxQueueAge { get; set; } = Contracts.EventLimits.MaxAge;

    /// <summary>Events of one batch; a full batch is sent at once. Default: 100. From 1 to 10,000.</summary>
    public int BatchSize { get; set; } = 100;

    /// <summary>Longest wait of an event for a fuller batch. Default: 15 s.</summary>
    public TimeSpan BatchInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Least time between two batches of a backlog, which is what waits beyond ten batches: after a long time offline. Its newest events leave first, new ones at their usual
    /// pace; the rest follows from its beginning at this one. Default: 1 s, which is 100 events a second. Zero sends the backlog as fast as the server takes it, as <see cref="SyncTelemetry.FlushAsync(CancellationToken)"/> does.
    /// </summary>
    public TimeSpan ReplayInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Says what the device is, at the start of every attempt and with every other event, on the caller's thread: it should be quick. Default: none, then events carry
    /// what the other options and <see cref="SyncAttempt.On"/> say. What it throws counts as nothing said, and is shown in <see cref="SyncTelemetryStatus.LastProblem"/>.
    /// </summary>
    public Func<DeviceContext>? Context { get; set; }

    /// <summary>What the device says about sending now; asked before each batch, so it should be quick. Default: none, then nothing speaks against it. What it throws counts as nothing said.</summary>
    public Func<SendConditions>? Conditions { get; set; }

    /// <summary>Longest wait of an event for a fuller batch while <see cref="Conditions"/> asks to spare the network or the battery. Default: 15 min. Below <see cref="BatchInterval"/> it is that.</summary>
    public TimeSpan SparingInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Time limit of one request, in real time. Default: 30 s.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long <see cref="SyncTelemetry.DisposeAsync"/> may go on sending, in real time. Default: 1 s. What is unsent then stays on disk.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The clock of <see cref="ShutdownTimeout"/>: for our own tests, which must not wait.</summary>
    internal TimeProvider ShutdownClock { get; set; } = TimeProvider.System;

    /// <summary>Sends the requests; not disposed by the telemetry, must not follow redirects. Default: none, then an own handler.</summary>
    public HttpMessageHandler? Handler { get; set; }

    /// <summary>Seed of the jitter, so that a simulation repeats. Default: none, then a random seed.</summary>
    public int? RandomSeed { get; set; }

    /// <summary>Told once when something needs the host's attention, for example a refused key. Called on a worker thread; what it throws is swallowed and shown in <see cref="SyncTelemetryStatus.LastProblem"/>. Default: none.</summary>
    public Action<SyncNotice>? OnNotice { get; set; }
}
