using SyncHealth.Client.Recording;
using SyncHealth.Contracts;

namespace SyncHealth.Client;

/// <summary>
/// Records sync attempts durably and sends them to SyncHealth. One instance per process and queue folder; thread-safe.
/// Recording never throws and never waits for the disk or the network.
/// </summary>
public sealed class SyncTelemetry : ISyncLogger, IAsyncDisposable, IDisposable
{
    private readonly Recorder _recorder;
    private readonly TelemetryPipeline _pipeline;

    private SyncTelemetry(Recorder recorder, TelemetryPipeline pipeline)
    {
        _recorder = recorder;
        _pipeline = pipeline;
    }

    /// <summary>Checks the options and starts storing and sending in the background. Returns at once: the queue is opened on a worker thread.</summary>
    /// <exception cref="ArgumentException">An option is missing or out of its range; the message names it.</exception>
    public static SyncTelemetry Create(SyncTelemetryOptions options)
    {
        OptionsCheck.Check(options);
        var pipeline = new TelemetryPipeline(options);
        pipeline.Start();
        return new SyncTelemetry(pipeline.Recorder, pipeline);
    }

    /// <summary>The telemetry's own books: what was issued, sent, queued and dropped.</summary>
    public SyncTelemetryStatus Status => _pipeline.Status;

    /// <summary>Version of the app as of the next event.</summary>
    public string? AppVersion
    {
        get => _recorder.Resource.AppVersion;
        set => _recorder.Change(resource => resource with { AppVersion = Bounded.Text(value) });
    }

    /// <summary>Operating system as of the next event.</summary>
    public string? Os
    {
        get => _recorder.Resource.Os;
        set => _recorder.Change(resource => resource with { Os = Bounded.Text(value) });
    }

    /// <summary>Version of the operating system as of the next event.</summary>
    public string? OsVersion
    {
        get => _recorder.Resource.OsVersion;
        set => _recorder.Change(resource => resource with { OsVersion = Bounded.Text(value) });
    }

    /// <summary>The host's reference to its user as of the next event; <see langword="null"/> after signing out.</summary>
    public string? UserRef
    {
        get => _recorder.Resource.UserRef;
        set => _recorder.Change(resource => resource with { UserRef = Bounded.Text(value) });
    }

    /// <summary>Starts timing a sync cycle.</summary>
    public SyncAttempt StartSync(SyncType type, SyncTrigger trigger = SyncTrigger.Unknown) => new(_recorder, type, trigger);

    /// <summary>Says that the app was opened: a heartbeat, no attempt.</summary>
    /// <param name="queueDepth">Local changes that wait to be sent.</param>
    /// <param name="lastSuccessAt">When the last sync succeeded; <see langword="null"/> when none did.</param>
    /// <param name="oldestPending">Age of the oldest change that waits; <see langword="null"/> when unknown.</param>
    public void Opened(int queueDepth, DateTimeOffset? lastSuccessAt, TimeSpan? oldestPending = null)
    {
        var record = _recorder.Rent(SyncType.Open);
        record.QueuedItems = Bounded.Count(queueDepth);
        record.LastSuccessAt = lastSuccessAt;
        record.OldestPendingMs = Bounded.Ms(oldestPending);
        _recorder.Record(record);
    }

    /// <summary>Says that the local state was thrown away, with the number of unsynced items lost; no attempt.</summary>
    public void Reset(int discardedItems)
    {
        var record = _recorder.Rent(SyncType.Reset);
        record.Rejected = Bounded.Count(discardedItems);
        _recorder.Record(record);
    }

    /// <inheritdoc/>
    public void Log(SyncEvent syncEvent)
    {
        if (syncEvent is null)
            return;
        var record = _recorder.Rent(syncEvent.Type);
        record.Success = syncEvent.Success;
        record.Outcome = OutcomeOf(syncEvent);
        record.Timestamp = syncEvent.Timestamp;
        record.DurationMs = Math.Max(0, syncEvent.DurationMs);
        record.ConflictCount = Bounded.Count(syncEvent.ConflictCount);
        record.QueuedItems = Bounded.Count(syncEvent.QueuedItems);
        _recorder.RecordAsGiven(record);
    }

    /// <summary>As <see cref="Log"/>, and returns when the event is on disk: for what must not be lost with the process.</summary>
    /// <returns><see langword="false"/> when the disk refused it; the event stays in memory and is tried again.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; the event is recorded all the same.</exception>
    public Task<bool> RecordAsync(SyncEvent syncEvent, CancellationToken cancellationToken = default)
    {
        Log(syncEvent);
        return FlushToDiskAsync(cancellationToken);
    }

    /// <summary>Waits until everything recorded before this call is on disk.</summary>
    /// <returns><see langword="false"/> when the disk refused it; the events stay in memory and are tried again.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<bool> FlushToDiskAsync(CancellationToken cancellationToken = default) => _pipeline.CommittedAsync(cancellationToken);

    /// <summary>Stores and sends everything now, without waiting for a fuller batch. A wait that the server asked for is kept.</summary>
    /// <returns><see langword="true"/> when the queue is empty, <see langword="false"/> when something could not be stored or sent; it is tried again later.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<bool> FlushAsync(CancellationToken cancellationToken = default) => _pipeline.FlushAsync(cancellationToken);

    /// <summary>As <see cref="FlushAsync(CancellationToken)"/>, for at most <paramref name="within"/> in real time: what an app does when the system sends it to the background.</summary>
    /// <returns><see langword="true"/> when the queue is empty; <see langword="false"/> when the time was over or something could not be sent. What is left is on disk.</returns>
    public Task<bool> FlushAsync(TimeSpan within) => _pipeline.FlushAsync(within);

    /// <summary>The user does not want this: from now on nothing is recorded, and everything queued is deleted, with the install id. A request that is on its way arrives.</summary>
    /// <remarks>Holds until <see cref="OptIn"/>, or the end of the process: an app keeps its user's choice itself and calls this at every start.</remarks>
    /// <returns><see langword="false"/> when the disk refused the deletion; call it again.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<bool> OptOutAsync(CancellationToken cancellationToken = default) => _pipeline.OptOutAsync(cancellationToken);

    /// <summary>Records again, as a new install.</summary>
    public void OptIn() => _recorder.IsOptedOut = false;

    /// <summary>Stores everything, sends for at most <see cref="SyncTelemetryOptions.ShutdownTimeout"/>, and closes the queue. What is unsent leaves after the next start.</summary>
    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    /// <summary>As <see cref="DisposeAsync"/>, waiting for it.</summary>
    public void Dispose() => Task.Run(async () => await _pipeline.DisposeAsync().ConfigureAwait(false)).GetAwaiter().GetResult();

    private static SyncOutcome OutcomeOf(SyncEvent syncEvent) => syncEvent.Type is SyncType.Open or SyncType.Reset
        ? SyncOutcome.None
        : syncEvent.Success ? SyncOutcome.Success : SyncOutcome.Failure;
}
