using Microsoft.Data.Sqlite;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Loop;

/// <summary>
/// The work of one cycle: push what waits, then pull what is new. Push comes first, so that what is pulled already holds what was pushed
/// and a full sync finds no unsent edit in its way.
/// </summary>
internal sealed class SyncCycle(EngineOptions options, LocalDatabase database, NotesApi api, Random random)
{
    private readonly RemoteChanges _remoteChanges = new(options.Device, options.Conflicts, options.TimeProvider);

    /// <summary>Runs the cycle and stores how it ended; null when everything was done.</summary>
    public async Task<SyncFailure?> RunAsync(CycleTally tally, CancellationToken cancellationToken)
    {
        try
        {
            var failure = await PushAsync(tally, cancellationToken) ?? await PullAsync(tally, cancellationToken);
            RecordEnd(tally, failure);
            return failure;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            tally.Depth = database.Read(OutboxQueue.Depth);
            return new SyncFailure(SyncErrorKind.Cancelled, "cancelled");
        }
        catch (SqliteException exception)
        {
            return new SyncFailure(SyncErrorKind.Storage, LocalDatabase.CodeOf(exception));
        }
    }

    private void RecordEnd(CycleTally tally, SyncFailure? failure) => tally.Depth = database.Write(statements =>
    {
        if (failure is null)
            StateRows.RecordSuccess(statements, options.TimeProvider.GetUtcNow());
        else
            StateRows.RecordFailure(statements);
        return OutboxQueue.Depth(statements);
    });

    private async Task<SyncFailure?> PushAsync(CycleTally tally, CancellationToken cancellationToken)
    {
        var acknowledgement = new Acknowledgement(_remoteChanges);
        var limit = options.PushLimit;
        while (NextBatch(limit) is { } batch)
        {
            var reply = await api.PushAsync(batch, tally, cancellationToken);
            if (reply.Failure is { IsRefusalOfContent: true } refusal)
            {
                // One operation spoils the batch: from here on they go one by one, and the one at fault is parked.
                limit = 1;
                Isolate(batch, refusal, tally);
                continue;
            }

            if (reply.Value is not { } response)
                return reply.Failure;
            if (response.Results.Count != batch.Operations.Count)
                return new SyncFailure(SyncErrorKind.Schema, "result_count");
            database.Write(statements =>
            {
                acknowledgement.Apply(statements, batch, response, tally);
                StateRows.OwePull(statements);
                return 0;
            });
        }

        return null;
    }

    private async Task<SyncFailure?> PullAsync(CycleTally tally, CancellationToken cancellationToken)
    {
        var state = database.Read(StateRows.Read);
        if (state.Token is null && !state.IsFullRunning)
            BeginFull();
        for (var isFirstTry = true; ;)
        {
            var reply = await api.PullAsync(database.Read(StateRows.Read).Token, tally, cancellationToken);
            if (reply.Value is { } page)
            {
                ApplyPage(page, tally);
                if (!page.HasMore)
                    return null;
            }
            else if (reply.Failure is { Code: SyncFailure.TokenExpired } && isFirstTry)
            {
                // The server has forgotten deletions since this token. Everything is fetched anew; unsent edits stay.
                isFirstTry = false;
                BeginFull();
            }
            else
            {
                return reply.Failure;
            }
        }
    }

    private void ApplyPage(ChangesPage page, CycleTally tally) => database.Write(statements =>
    {
        tally.Pulled += page.Changes.Count;
        foreach (var change in page.Changes)
            if (_remoteChanges.Apply(statements, change, tally.Conflicts))
                tally.Applied++;
        var isFull = StateRows.Read(statements).IsFullRunning;
        if (isFull && !page.HasMore)
            tally.Applied += StateRows.FinishFull(statements);
        StateRows.SaveToken(statements, page.NextToken, isFull && page.HasMore, page.HasMore);
        return 0;
    });

    private void Isolate(OutboxBatch batch, SyncFailure refusal, CycleTally tally) => database.Write(statements =>
    {
        if (batch.Operations is not [var only])
        {
            OutboxQueue.Unseal(statements);
            return 0;
        }

        OutboxQueue.Park(statements, only.Sequence, refusal.Code);
        tally.Refused.Add(refusal.Code);
        return 0;
    });

    private OutboxBatch? NextBatch(int limit) => database.Write(statements => OutboxQueue.NextBatch(
        statements,
        options.Device,
        limit,
        () => NoteId.New(options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds(), random)));

    private void BeginFull() => database.Write(statements =>
    {
        StateRows.BeginFull(statements);
        return 0;
    });
}
