using SyncHealth.Client.Diagnostics;
using SyncHealth.Client.Queue;
using SyncHealth.Client.Recording;
using SyncHealth.Client.Sending;

namespace SyncHealth.Client;

/// <summary>Puts the parts together: recorder → writing loop → queue file → sending loop → server. No thread of its own; one timer.</summary>
internal sealed class TelemetryPipeline : IAsyncDisposable
{
    /// <summary>Longest flush with a deadline: timers refuse more than some weeks.</summary>
    private static readonly TimeSpan LongestFlush = TimeSpan.FromDays(1);

    private readonly Uptime _uptime;
    private readonly Announcer _announcer;
    private readonly EventQueue _queue;
    private readonly WriteLoop _writing;
    private readonly SendPace _pace;
    private readonly SendLoop _sending;
    private readonly BatchSender _sender;
    private readonly Alarm _alarm;
    private readonly TimeSpan _shutdownTimeout;
    private readonly CancellationTokenSource _stopping = new();
    private Task _written = Task.CompletedTask;
    private Task _sent = Task.CompletedTask;
    private int _stopped;

    internal TelemetryPipeline(SyncTelemetryOptions options)
    {
        var time = options.TimeProvider;
        _uptime = new Uptime(time);
        var drops = new DropCounter();
        var retries = new RetrySchedule(new Random(options.RandomSeed ?? Guid.NewGuid().GetHashCode()));
        _shutdownTimeout = options.ShutdownTimeout;
        _announcer = new Announcer(options.OnNotice);
        _queue = new EventQueue(new QueueFolder(FolderOf(options)), new QueueLimits(options.MaxQueueBytes, options.MaxQueueAge, options.BatchSize), _uptime, _announcer);
        _alarm = new Alarm(time);
        _sender = new BatchSender(options);
        _pace = new SendPace(retries, new ReplayPace(options.BatchSize, options.ReplayInterval), options.BatchSize, options.BatchInterval, options.SparingInterval);
        _sending = new SendLoop(_queue, _sender, _pace, retries, _uptime, _alarm, _announcer, options.Conditions, Obey);
        Recorder = new Recorder(time, drops, Resource.From(options), options.Context);
        _writing = new WriteLoop(Recorder, _queue, drops, _announcer, _alarm.Set);
    }

    internal Recorder Recorder { get; }

    internal SyncTelemetryStatus Status => _queue.Books is { } books
        ? new SyncTelemetryStatus
        {
            State = State,
            DeviceId = Recorder.Resource.DeviceId ?? books.InstallId,
            Issued = books.Issued,
            Sent = books.Sent,
            Rejected = books.Rejected,
            Queued = books.Queued,
            QueuedBytes = books.QueuedBytes,
            Dropped = books.Dropped,
            LastSentAt = _sending.LastSentAt,
            ClockOffset = _uptime.Learned is { } clock ? TimeSpan.FromMilliseconds(clock.OffsetMs) : null,
            IsSampledOut = Recorder.Rests,
            LastProblem = Problem,
        }
        : new SyncTelemetryStatus { State = State, DeviceId = Recorder.Resource.DeviceId, LastProblem = Problem };

    private string? Problem =>
        _queue.Problem ?? _sending.Problem ?? _announcer.CallbackProblem ?? Recorder.ContextProblem ?? ListenerProblem.Last;

    private SyncTelemetryState State => this switch
    {
        { _stopped: not 0 } => SyncTelemetryState.Disposed,
        { _writing.Failing: true } => SyncTelemetryState.StorageUnavailable,
        { _queue.Books: null } => SyncTelemetryState.Starting,
        { _pace.Refused: true } => SyncTelemetryState.Refused,
        { _pace.Failing: true } => SyncTelemetryState.Waiting,
        _ => SyncTelemetryState.Running,
    };

    // On the pool from the first instruction: a caller on a UI thread waits for nothing, and the loops never come back to it.
    internal void Start()
    {
        _written = Task.Run(_writing.RunAsync);
        _sent = Task.Run(() => _sending.RunAsync(_stopping.Token));
    }

    /// <summary>Asks whether everything recorded before this call is on disk. A disk that refused is tried again at once.</summary>
    internal Task<bool> CommittedAsync(CancellationToken cancellationToken)
    {
        _writing.Hurry();
        return Recorder.CommittedAsync(cancellationToken);
    }

    /// <summary>Stores, and sends for at most so long.</summary>
    internal async Task<bool> FlushAsync(TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within < TimeSpan.Zero ? TimeSpan.Zero : within < LongestFlush ? within : LongestFlush);
        try
        {
            return await FlushAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Records nothing any more and removes what was recorded, in memory and on disk.</summary>
    internal async Task<bool> OptOutAsync(CancellationToken cancellationToken)
    {
        Recorder.IsOptedOut = true;
        // What was on its way to the disk is passed over, in whatever order.
        await CommittedAsync(cancellationToken).ConfigureAwait(false);
        return _queue.Forget();
    }

    internal async Task<bool> FlushAsync(CancellationToken cancellationToken)
    {
        if (!await CommittedAsync(cancellationToken).ConfigureAwait(false))
            return false;
        var flush = _sending.FlushAsync();
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancellationToken.Register(() => cancelled.TrySetCanceled(cancellationToken));
        return await (await Task.WhenAny(flush, cancelled.Task).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>Commits, sends until the shutdown time-out at most, and closes the queue.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
            return;
        Recorder.Complete();
        _writing.Stop();
        await _written.ConfigureAwait(false);
        if (_shutdownTimeout > TimeSpan.Zero)
        {
            _stopping.CancelAfter(_shutdownTimeout);
            await Task.WhenAny(_sending.FlushAsync(), _sent).ConfigureAwait(false);
        }

        await StopSendingAsync().ConfigureAwait(false);
        _sender.Dispose();
        _writing.Dispose();
        _sending.Dispose();
        _queue.Dispose();
        _alarm.Dispose();
        _stopping.Dispose();
    }

    // By the id that the server knows, so that an install is in or out as a whole.
    private void Obey(ServerSettings settings) =>
        Recorder.Rest(settings.Includes(Recorder.Resource.DeviceId ?? _queue.Books!.InstallId) ? TimeSpan.Zero : ServerSettings.HoldsFor);

    private async Task StopSendingAsync()
    {
        // CancelAsync does not exist on netstandard2.0; nobody else listens to this token.
#pragma warning disable CA1849
        _stopping.Cancel();
#pragma warning restore CA1849
        _sending.Stop();
        await _sent.ConfigureAwait(false);
        _sending.End();
    }

    private static string? FolderOf(SyncTelemetryOptions options)
    {
        if (options.QueueInMemory)
            return null;
        if (options.QueueDirectory is { Length: > 0 } folder)
            return folder;
        // Not verified: a fresh account has no such folder yet, and the queue makes it. An account without a home gets a queue that a reboot may clear.
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(home.Length > 0 ? home : Path.GetTempPath(), "SyncHealth", SafeName(options.App ?? "app"));
    }

    private static string SafeName(string app) => string.Concat(app.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_'));
}
