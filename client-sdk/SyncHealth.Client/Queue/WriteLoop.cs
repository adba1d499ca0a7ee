using SyncHealth.Client.Diagnostics;
using SyncHealth.Client.Recording;
using SyncHealth.Client.Sending;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Queue;

/// <summary>Moves recorded events from memory to disk. Whatever has gathered during one commit shares the next: group commit without a delay.</summary>
internal sealed class WriteLoop(Recorder recorder, EventQueue queue, DropCounter drops, Announcer announcer, Action stored) : IDisposable
{
    /// <summary>Pause before a refused disk is tried again, in real time: it is a real disk.</summary>
    private static readonly TimeSpan DiskRetryDelay = TimeSpan.FromSeconds(1);

    private readonly List<EventRecord> _uncommitted = [];
    private readonly List<TaskCompletionSource<bool>> _barriers = [];
    private readonly Alarm _pause = new(TimeProvider.System);
    private volatile bool _stopping;

    /// <summary>Whether the last commit failed.</summary>
    internal bool Failing { get; private set; }

    /// <summary>Runs until the channel is completed and everything in it has been committed or given up.</summary>
    internal async Task RunAsync()
    {
        queue.TryOpen();
        stored();
        while (await recorder.Items.WaitToReadAsync().ConfigureAwait(false))
        {
            Gather();
            Commit();
            if (!Failing)
                continue;
            if (_stopping)
                break;
            await _pause.WaitAsync(DiskRetryDelay).ConfigureAwait(false);
        }

        if (_uncommitted.Count > 0)
            Commit();
        GiveUpRest();
    }

    /// <summary>Somebody asks: a disk that refused is tried again at once.</summary>
    internal void Hurry()
    {
        if (Failing)
            _pause.Set();
    }

    /// <summary>The channel is completed: a disk that refuses is tried once more, not for ever.</summary>
    internal void Stop()
    {
        _stopping = true;
        _pause.Set();
    }

    public void Dispose() => _pause.Dispose();

    private void GiveUpRest()
    {
        while (Failing)
        {
            drops.Add(DropReasons.StorageError, _uncommitted.Count);
            Forget();
            Gather();
            if (_uncommitted.Count == 0)
                break;
        }

        AnswerBarriers();
    }

    private void Gather()
    {
        while (_uncommitted.Count < Recorder.BufferedEvents && recorder.Items.TryRead(out var item))
        {
            if (item.Event is { } record)
                _uncommitted.Add(record);
            if (item.Barrier is { } barrier)
                _barriers.Add(barrier);
        }
    }

    private void Commit()
    {
        var lost = drops.Take();
        if (recorder.IsOptedOut)
        {
            Forget();
            lost = new Dictionary<string, long>();
        }

        Failing = !queue.Append(_uncommitted, lost);
        if (Failing)
        {
            foreach (var drop in lost)
                drops.Add(drop.Key, drop.Value);
        }
        else
        {
            Forget();
            announcer.Over("storage_unavailable");
        }

        AnswerBarriers();
        stored();
    }

    private void Forget()
    {
        recorder.Return(_uncommitted);
        _uncommitted.Clear();
    }

    private void AnswerBarriers()
    {
        foreach (var barrier in _barriers)
            barrier.TrySetResult(!Failing);
        _barriers.Clear();
    }
}
