namespace SyncHealth.Testing.Faults;

/// <summary>
/// Carries Postgres sessions message by message (https://www.postgresql.org/docs/current/protocol-message-formats.html) and cuts
/// them around COMMIT. Clients must not ask for TLS or GSS: nothing could be read then.
/// </summary>
internal sealed class PostgresFaults(CommitCuts cuts, FaultCounters counters) : IConnectionFaults
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>Bytes of the reply to COMMIT that pass before <see cref="FaultKind.CutInReply"/>: its type and half of its length.</summary>
    private const int PartOfReply = 3;

    public Task RunAsync(ProxiedLink link, int number, CancellationToken cancellationToken)
    {
        var session = new Session();
        return ProxiedLink.RunBothAsync(ended => PumpUpAsync(link, session, ended), ended => PumpDownAsync(link, session, ended), cancellationToken);
    }

    private async Task PumpUpAsync(ProxiedLink link, Session session, CancellationTokenSource ended)
    {
        var messages = new PostgresMessages(link.Client, startsUntyped: true);
        while (await messages.NextAsync(ended.Token) is { } message)
        {
            var cut = PostgresMessages.IsCommit(message.Span) ? cuts.Next() : null;
            if (cut == FaultKind.CutBeforeCommit)
            {
                await CutAsync(link, FaultKind.CutBeforeCommit, ended);
                return;
            }

            if (cut is FaultKind.CutBeforeReply or FaultKind.CutInReply)
                session.Pending = cut;
            await ProxiedLink.SendAsync(link.Server, message, ended.Token);
            if (cut == FaultKind.CutAfterCommit)
            {
                await CutAsync(link, FaultKind.CutAfterCommit, ended);
                return;
            }
        }

        ProxiedLink.EndSending(link.Server);
    }

    private async Task PumpDownAsync(ProxiedLink link, Session session, CancellationTokenSource ended)
    {
        var buffer = new byte[ChunkBytes];
        while (true)
        {
            var read = await link.Server.ReceiveAsync(buffer, ended.Token);
            if (read == 0)
                break;

            // While a COMMIT waits for its reply, the next bytes are that reply: the client sends nothing beside it.
            if (session.Pending is { } cut)
            {
                if (cut == FaultKind.CutInReply)
                    await ProxiedLink.SendAsync(link.Client, buffer.AsMemory(0, Math.Min(read, PartOfReply)), ended.Token);
                await CutAsync(link, cut, ended);
                return;
            }

            await ProxiedLink.SendAsync(link.Client, buffer.AsMemory(0, read), ended.Token);
        }

        ProxiedLink.EndSending(link.Client);
    }

    private async Task CutAsync(ProxiedLink link, FaultKind kind, CancellationTokenSource ended)
    {
        counters.Count(kind);
        link.Reset();
        await ended.CancelAsync();
    }

    private sealed class Session
    {
        private int _pending;

        /// <summary>The cut that waits for the reply to COMMIT.</summary>
        public FaultKind? Pending
        {
            get => Volatile.Read(ref _pending) is > 0 and var kind ? (FaultKind)kind : null;
            set => Volatile.Write(ref _pending, (int)(value ?? 0));
        }
    }
}
