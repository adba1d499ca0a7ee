using SyncHealth.Client.Diagnostics;
using SyncHealth.Client.Queue;
using SyncHealth.Client.Recording;
using SyncHealth.Client.Sending;

namespace SyncHealth.Client;

/// <summary>Puts the parts together: recorder → writing loop → queue file → sending loop → server. No thread of its own; two timers.</summary>
internal sealed class TelemetryPipeline : IAsyncDisposable
{
    /// <summary>Longest flush with a deadline: timers refuse more than some weeks.</summary>
    private static readonly TimeSpan LongestFlush = TimeSpan.FromDays(1);

    private readonly string? _directory;
    private readonly int _seed;
    private readonly QueueLimits _limits;
    private readonly Func<RetrySchedule, SendPace> _paceOf;
    private readonly Uptime _uptime;
    private readonly Announcer _announcer;
    private readonly EventQueue _queue;
    private readonly WriteLoop _writing;
    private readonly SendPace _pace;
    private readonly SendLoop _sending;
    private readonly LeftQueues _left;
    private readonly BatchSender _sender;
    private readonly Alarm _alarm;
    private readonly TimeSpan _shutdownTimeout;
    private readonly TimeProvider _shutdownClock;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stop;
    private Task _written = Task.CompletedTask;
    private Task _sent = Task.CompletedTask;
    private Task _looked = Task.CompletedTask;
    private int _looking;
    private int _stopped;

    internal TelemetryPipeline(SyncTelemetryOptions options)
    {
        var time = options.TimeProvider;
        var drops = new DropCounter();
        var (batchSize, replayInterval, batchInterval, sparingInterval) = (options.BatchSize, options.ReplayInterval, options.BatchInterval, options.SparingInterval);
        _paceOf = retries => new SendPace(retries, new ReplayPace(batchSize, replayInterval), batchSize, batchInterval, sparingInterval);
        _directory = FolderOf(options);
        _stop = _stopping.Token;
        _seed = options.RandomSeed ?? Guid.NewGuid().GetHashCode();
        _limits = new QueueLimits(options.MaxQueueBytes, options.MaxQueueAge, batchSize);
        (_shutdownTimeout, _shutdownClock) = (options.ShutdownTimeout, options.ShutdownClock);
        _uptime = new Uptime(time);
        _announcer = new Announcer(options.OnNotice);
        var folder = new QueueFolder(_directory);
        _queue = new EventQueue(folder, _limits, _uptime, _announcer);
        _alarm = new Alarm(time);
        _sender = new BatchSender(options);
        var retries = new RetrySchedule(new Random(_seed));
        _pace = _paceOf(retries);
        _sending = new SendLoop(_queue, _sender, _pace, retries, _uptime, _alarm, _announcer, options.Conditions, Obey);
        _left = new LeftQueues(folder, LeftQueue, LoopOf, () => _sending.Conditions().HasFlag(SendConditions.Offline), () => Recorder!.IsOptedOut, time);
        Recorder = new Recorder(time, drops, Resource.From(options), options.Context);
        _writing = new WriteLoop(Recorder, _queue, drops, _announcer, Stored);
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
        _queue.Problem ?? _sending.Problem ?? _left.Problem ?? _announcer.CallbackProblem ?? Recorder.ContextProblem ?? ListenerProblem.Last;

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
        using var deadline = new CancellationTokenSource(within < TimeSpan.Zero ? TimeSpan.Zero : Shortened(within));
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
        return _queue.Forget() & await _left.ForgetAsync().ConfigureAwait(false);
    }

    internal async Task<bool> FlushAsync(CancellationToken cancellationToken)
    {
        if (!await CommittedAsync(cancellationToken).ConfigureAwait(false))
            return false;
        var flush = _sending.FlushAsync();
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancellationToken.Register(() => cancelled.TrySetCanceled(cancellationToken));
        return await (await Task.WhenAny(flush, cancelled.Task).ConfigureAwait(false)).ConfigureAwait(false) && await FlushLeftAsync(cancelled.Task).ConfigureAwait(false);
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
            using var deadline = _shutdownClock.CreateTimer(stopping => Cancel((CancellationTokenSource)stopping!), _stopping, Shortened(_shutdownTimeout), Timeout.InfiniteTimeSpan);
            await Task.WhenAny(_sending.FlushAsync(), _sent).ConfigureAwait(false);
        }

        await StopSendingAsync().ConfigureAwait(false);
        _left.Dispose();
        _sender.Dispose();
        _writing.Dispose();
        _sending.Dispose();
        _queue.Dispose();
        _alarm.Dispose();
        _stopping.Dispose();
    }

    // After our own: what another process left is no younger.
    private async Task<bool> FlushLeftAsync(Task<bool> cancelled) =>
        await (await Task.WhenAny(_left.FlushAsync(_stop), cancelled).ConfigureAwait(false)).ConfigureAwait(false);

    // The first time, our own file is open: from then on the others of the folder are not it.
    private void Stored()
    {
        _alarm.Set();
        if (_directory is not null && _queue.Books is not null && Interlocked.Exchange(ref _looking, 1) == 0)
            _looked = Task.Run(() => _left.RunAsync(_stop));
    }

    // What it meets is no news to the host, which is told about its own queue.
    private EventQueue LeftQueue(int number) => new(new QueueFolder(_directory, number), _limits, _uptime, new Announcer(null));

    // What the server asks of another install is not asked of us.
    private SendLoop LoopOf(EventQueue queue, Alarm alarm)
    {
        var retries = new RetrySchedule(new Random(_seed));
        return new SendLoop(queue, _sender, _paceOf(retries), retries, _uptime, alarm, new Announcer(null), conditions: null, static _ => { });
    }

    // By the id that the server knows, so that an install is in or out as a whole.
    private void Obey(ServerSettings settings) =>
        Recorder.Rest(settings.Includes(Recorder.Resource.DeviceId ?? _queue.Books!.InstallId) ? TimeSpan.Zero : ServerSettings.HoldsFor);

    private async Task StopSendingAsync()
    {
        Cancel(_stopping);
        _sending.Stop();
        _left.Stop();
        await _sent.ConfigureAwait(false);
        await _looked.ConfigureAwait(false);
        await _left.EndAsync().ConfigureAwait(false);
        _sending.End();
    }

    // CancelAsync does not exist on netstandard2.0; nobody else listens to this token.
#pragma warning disable CA1849
    private static void Cancel(CancellationTokenSource source) => source.Cancel();
#pragma warning restore CA1849

    private static TimeSpan Shortened(TimeSpan time) => time < LongestFlush ? time : LongestFlush;

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
