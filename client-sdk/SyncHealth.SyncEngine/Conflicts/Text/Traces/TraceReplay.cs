namespace SyncHealth.SyncEngine.Conflicts.Text.Traces;

/// <summary>Replays a trace through <see cref="TextDocument"/>: one replica an agent, each transaction an update in bytes, merged as the trace's parents say.</summary>
public sealed class TraceReplay
{
    private const int ReportEvery = 4096;

    private readonly EditingTrace _trace;
    private readonly TraceHistory _history;
    private readonly TracePlan _plan;
    private readonly byte[][] _updates;
    private readonly byte[]? _start;

    public TraceReplay(EditingTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        _trace = trace;
        _history = new TraceHistory(trace.Transactions);
        _plan = TracePlan.Of(trace.Transactions, _history);
        _updates = new byte[trace.Transactions.Count][];
        _start = trace.StartContent.Length == 0 ? null : WriteStart(trace.StartContent);
    }

    /// <summary>Replays the trace.</summary>
    /// <param name="time">Measures.</param>
    /// <param name="progress">Told now and then how many transactions are done.</param>
    /// <param name="cancellationToken">Stops between transactions.</param>
    /// <exception cref="InvalidDataException">A transaction edits outside of the text.</exception>
    public TraceOutcome Run(TimeProvider time, Action<int> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(progress);
        var replicas = new Dictionary<int, TraceReplica>();
        var start = time.GetTimestamp();
        for (var index = 0; index < _updates.Length; index++)
        {
            if (index % ReportEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress(index);
            }

            _updates[index] = Make(index, replicas);
        }

        var elapsed = time.GetElapsedTime(start);
        var reader = ReadAll(cancellationToken);
        return new TraceOutcome(
            _trace.Edits, elapsed, _updates.Sum(update => (long)update.Length), reader.EncodeSince(TextVersion.Empty).Length, IsMatch(reader, replicas));
    }

    private byte[] Make(int index, Dictionary<int, TraceReplica> replicas)
    {
        var transaction = _trace.Transactions[index];
        if (!replicas.TryGetValue(_plan.Replicas[index], out var replica))
            replicas[_plan.Replicas[index]] = replica = new TraceReplica(NewDocument(_plan.Replicas[index] + 1));
        if (!transaction.Parents.SequenceEqual(replica.Tips))
            foreach (var missing in _history.Missing(replica.Tips, transaction.Parents))
                replica.Document.Merge(_updates[missing]);
        replica.Tips = [index];
        return Edit(replica.Document, transaction, index);
    }

    private static byte[] Edit(TextDocument document, TraceTransaction transaction, int index)
    {
        var from = document.NextSequence;
        foreach (var (position, deleted, inserted) in transaction.Patches)
        {
            if (deleted > document.Length - position || position > document.Length)
                throw new InvalidDataException($"transaction {index} edits outside of the text, which has {document.Length} code points by then");
            document.Delete(position, deleted);
            document.Insert(position, inserted);
        }

        return document.EncodeOwn(from);
    }

    /// <summary>A replica that took part in nothing and gets every update.</summary>
    private TextDocument ReadAll(CancellationToken cancellationToken)
    {
        var reader = NewDocument(int.MaxValue);
        for (var index = 0; index < _updates.Length; index++)
        {
            if (index % ReportEvery == 0)
                cancellationToken.ThrowIfCancellationRequested();
            reader.Merge(_updates[index]);
        }

        return reader;
    }

    private bool IsMatch(TextDocument reader, Dictionary<int, TraceReplica> replicas)
    {
        var isMatch = reader.Waiting == 0 && reader.ToString() == _trace.EndContent;
        foreach (var number in _plan.Last)
        {
            var document = replicas[number].Document;
            document.Merge(reader.EncodeSince(document.Version));
            isMatch &= document.ToString() == _trace.EndContent;
        }

        return isMatch;
    }

    /// <summary>What the document held before the session, as the work of an agent that precedes all others.</summary>
    private static byte[] WriteStart(string content)
    {
        var document = new TextDocument(new TextAgent(0));
        document.Insert(0, content);
        return document.EncodeOwn(0);
    }

    private TextDocument NewDocument(int number)
    {
        var document = new TextDocument(new TextAgent((ulong)number));
        if (_start is not null)
            document.Merge(_start);
        return document;
    }
}
