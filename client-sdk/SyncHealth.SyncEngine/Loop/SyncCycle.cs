using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Triggers;

namespace SyncHealth.SyncEngine.Loop;

/// <summary>
/// The work of one cycle: push what waits, then pull what is new, then push bulk. Push comes first, so that what is pulled already holds what was pushed
/// and a full sync finds no unsent edit in its way. Bulk comes last and in small pieces, so that it keeps nobody's edit waiting, in neither direction.
/// </summary>
internal sealed class SyncCycle(EngineOptions options, ILocalStore store, NotesApi api, Random random)
{
    /// <summary>Operations that a cycle tries alone, in vain, before it leaves the others for the next: a server that is broken as a whole gets no storm.</summary>
    private const int MostSuspects = 3;

    /// <summary>Cycles in which the server failed on one operation and served the rest, until it is parked: more than a short defect of the push alone lasts.</summary>
    private const int MostStrikes = 8;

    /// <summary>Pages beyond the one that is being stored: one is read, one travels. A further one would wait for these and take memory meanwhile.</summary>
    private const int PagesOnTheirWay = 2;

    private readonly RemoteChanges _remoteChanges = new(options.Device, options.Conflicts, options.TimeProvider);
    private readonly Acknowledgement _acknowledgement = new(new RemoteChanges(options.Device, options.Conflicts, options.TimeProvider));

    private volatile FullProgress? _full;

    /// <summary>How far a full sync has come; null when none is under way.</summary>
    public FullProgress? Full => _full;

    /// <summary>Runs the cycle and stores how it ended; null when everything was done.</summary>
    public async Task<SyncFailure?> RunAsync(CycleTally tally, CancellationToken cancellationToken)
    {
        try
        {
            var failure = await PushAsync(tally, cancellationToken) ?? await PullAsync(tally, cancellationToken)
                ?? await PushBulkAsync(tally, cancellationToken) ?? Accuse(tally);
            RecordEnd(tally, failure);
            return failure;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            tally.Depth = store.Read(static transaction => transaction.Outbox.Depth());
            return new SyncFailure(SyncErrorKind.Cancelled, "cancelled");
        }
        catch (StoreException exception)
        {
            return new SyncFailure(SyncErrorKind.Storage, exception.Code);
        }
    }

    private void RecordEnd(CycleTally tally, SyncFailure? failure) => tally.Depth = store.Write(transaction =>
    {
        var state = transaction.State.Read();
        transaction.State.Save(failure is null ? state.WithSuccess(options.TimeProvider.GetUtcNow()) : state.WithFailure());
        tally.Conflicts.AddRange(transaction.Conflicts.TakeDecisions());
        CountHeldBack(transaction, tally);
        return transaction.Outbox.Depth();
    });

    private void CountHeldBack(IStoreTransaction transaction, CycleTally tally)
    {
        var (dependent, bulk) = transaction.Outbox.HeldBack(Bulk);
        if (dependent > 0)
            tally.HeldBack[Deferrals.Dependency] = dependent;
        if (bulk > 0 && BulkDeferral() is { } reason)
            tally.HeldBack[reason] = bulk;
    }

    private string? BulkDeferral() => options.BulkConstraints.Unmet(options.Network(), options.Power());

    /// <summary>Pushes everything but bulk.</summary>
    private async Task<SyncFailure?> PushAsync(CycleTally tally, CancellationToken cancellationToken)
    {
        while (NextBatch(BatchChoice.Edits, options.PushLimit, tally) is { } batch)
            if (await PushAsync(batch, tally, cancellationToken) is { } failure)
                return failure;
        return null;
    }

    /// <summary>Pushes bulk as long as its constraints hold; the edits that come meanwhile go first.</summary>
    private async Task<SyncFailure?> PushBulkAsync(CycleTally tally, CancellationToken cancellationToken)
    {
        if (store.Read(transaction => transaction.Outbox.HeldBack(Bulk)).Bulk == 0)
            return null;
        var pushed = tally.Pushed;
        while (BulkDeferral() is null)
        {
            if (await PushAsync(tally, cancellationToken) is { } failure)
                return failure;
            // Looked at once more: the network may have changed while edits were sent.
            if (BulkDeferral() is not null || NextBatch(BatchChoice.Bulk, options.BulkLimit, tally) is not { } batch)
                break;
            if (await PushAsync(batch, tally, cancellationToken) is { } bulkFailure)
                return bulkFailure;
        }

        return tally.Pushed == pushed ? null : await PullAsync(tally, cancellationToken);
    }

    private async Task<SyncFailure?> PushAsync(OutboxBatch batch, CycleTally tally, CancellationToken cancellationToken)
    {
        var reply = await api.PushAsync(batch, tally, cancellationToken);
        if (reply.Failure is { IsRefusalOfContent: true } refusal)
        {
            // One operation spoils the batch: from here on they go one by one, and the one at fault is parked.
            tally.IsOneByOne = true;
            Isolate(batch, refusal, tally);
            return null;
        }

        if (reply.Failure is { IsDefectOfServer: true })
        {
            tally.IsOneByOne = true;
            Suspect(batch, tally);
            return null;
        }

        if (reply.Value is not { } response)
            return reply.Failure;
        if (response.Results.Count != batch.Operations.Count)
            return new SyncFailure(SyncErrorKind.Schema, "result_count");
        store.Write(transaction =>
        {
            _acknowledgement.Apply(transaction, batch, response, tally);
            transaction.State.Save(transaction.State.Read().WithPullOwed());
        });
        return null;
    }

    private async Task<SyncFailure?> PullAsync(CycleTally tally, CancellationToken cancellationToken)
    {
        var state = ReadState();
        if (state.Token is null && !state.IsFullRunning)
            BeginFull();
        var failure = await PullPagesAsync(tally, cancellationToken);
        if (failure is not { Code: SyncFailure.TokenExpired })
            return failure;
        // The server has forgotten deletions since this token. Everything is fetched anew; unsent edits stay.
        BeginFull();
        return await PullPagesAsync(tally, cancellationToken);
    }

    /// <summary>Page after page from where the device stands; none is stored before the one before it.</summary>
    private async Task<SyncFailure?> PullPagesAsync(CycleTally tally, CancellationToken cancellationToken)
    {
        await using var pages = new PagesAhead(
            (token, stop) => PullPageAsync(token, tally, stop), ReadState().Token, options.Delta == DeltaStrategy.VersionMap ? 0 : PagesOnTheirWay, cancellationToken);
        while (await pages.NextAsync() is { } reply)
        {
            if (reply.Value is not { } page)
                return reply.Failure;
            ApplyPage(page, tally);
            pages.Stored();
        }

        return null;
    }

    private Task<Reply<ArrivedPage>> PullPageAsync(string? token, CycleTally tally, CancellationToken cancellationToken) => options.Delta == DeltaStrategy.VersionMap
        ? api.PullAsync(store.Read(static transaction => transaction.Records.KnownVersions()), tally, cancellationToken)
        : api.PullAsync(token, tally, cancellationToken);

    private void ApplyPage(ChangesPage page, CycleTally tally) => store.Write(transaction =>
    {
        tally.Pulled += page.Changes.Count;
        foreach (var change in page.Changes)
            if (_remoteChanges.Apply(transaction, change, tally.Conflicts))
                tally.Applied++;
        var state = transaction.State.Read();
        if (state.IsFullRunning && !page.HasMore)
            tally.Applied += transaction.Records.Sweep();
        transaction.State.Save(state.WithPage(page.NextToken, page.HasMore));
        // Told before the commit that wakes who watches. A server that does not count leaves the rows of this cycle.
        _full = state.IsFullRunning && page.HasMore ? page.Progress ?? new FullProgress(tally.Pulled, null) : null;
    });

    private void Isolate(OutboxBatch batch, SyncFailure refusal, CycleTally tally) => store.Write(transaction =>
    {
        if (batch.Operations is not [var only])
        {
            OutboxQueue.Unseal(transaction, batch.Key);
            return;
        }

        OutboxQueue.Park(transaction, only.Sequence, refusal.Code);
        tally.Refused.Add((RecordId.EntityOf(only.NoteId), refusal.Code));
    });

    private void Suspect(OutboxBatch batch, CycleTally tally)
    {
        store.Write(transaction => OutboxQueue.Unseal(transaction, batch.Key));
        if (batch.Operations is [var only])
            tally.Suspects.Add(only);
    }

    /// <summary>The server has served the rest of the cycle, so it is the operation. Null when all of them are parked by now.</summary>
    private SyncFailure? Accuse(CycleTally tally) => tally.Suspects.Count == 0 ? null : store.Write(transaction =>
    {
        var defect = new SyncFailure(SyncErrorKind.Server, SyncFailure.DefectCode);
        var isOneLeft = false;
        foreach (var operation in tally.Suspects)
        {
            if (OutboxQueue.Strike(transaction, operation.Sequence) < MostStrikes)
            {
                isOneLeft = true;
                continue;
            }

            OutboxQueue.Park(transaction, operation.Sequence, defect.Code);
            tally.Refused.Add((RecordId.EntityOf(operation.NoteId), defect.Code));
        }

        return isOneLeft ? defect : null;
    });

    private BatchChoice Bulk => BatchChoice.Bulk with { Priorities = options.Priorities };

    /// <summary>Null when nothing waits, or the server is broken as a whole.</summary>
    private OutboxBatch? NextBatch(BatchChoice choice, int limit, CycleTally tally) => tally.Suspects.Count >= MostSuspects ? null : store.Write(transaction => OutboxQueue.NextBatch(
        transaction,
        tally.IsOneByOne ? 1 : limit,
        () => RecordId.New(options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds(), random),
        choice with { Priorities = options.Priorities, PassedOver = [.. tally.Suspects.Select(static operation => operation.Sequence)] }));

    private SyncState ReadState() => store.Read(static transaction => transaction.State.Read());

    private void BeginFull() => store.Write(static transaction => transaction.State.Save(transaction.State.Read().WithFullBegun()));
}
