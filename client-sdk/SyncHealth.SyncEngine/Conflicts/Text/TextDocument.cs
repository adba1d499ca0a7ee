namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>
/// One replica of a text that several people edit, each offline if need be: the sequence CRDT FugueMax (Weidner and Kleppmann,
/// "The Art of the Fugue: Minimizing Interleaving in Collaborative Text Editing", 2023, arXiv 2305.00583). Replicas that have seen the same
/// updates, in whatever order and however often, hold the same text, and what two people typed at one place is never mixed.
/// <para>
/// Positions and counts are Unicode code points, as no editor may leave half of one; <see cref="PositionOf"/> and <see cref="IndexOf"/> turn
/// them into indices of C# strings and back. An edit costs O(log n) of the number of runs. Not for use by several threads at once.
/// </para>
/// </summary>
public sealed class TextDocument
{
    private readonly TextSequence _sequence = new();
    private readonly WaitingRoom _waiting = new();
    private readonly Stack<RemoteEntry> _work = [];
    private readonly UpdateWriter _writer;
    private readonly int _self;

    /// <summary>An empty document.</summary>
    /// <param name="agent">This replica: no other one of this document may ever have had the same.</param>
    public TextDocument(TextAgent agent)
    {
        _writer = new UpdateWriter(_sequence);
        _self = _sequence.PlaceOf(agent);
    }

    /// <summary>This replica.</summary>
    public TextAgent Agent => _sequence.Logs[_self].Agent;

    /// <summary>Code points of the text.</summary>
    public int Length => _sequence.Tree.Visible;

    /// <summary>Sequence numbers that this replica has given away: one for every code point it inserted or deleted.</summary>
    public int NextSequence => _sequence.Logs[_self].Next;

    /// <summary>Entries that wait for others that have not arrived.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>What this replica has seen, without what is still waiting.</summary>
    public TextVersion Version => new(_sequence.Logs.Select(log => KeyValuePair.Create(log.Agent, log.Next)));

    /// <summary>Inserts text.</summary>
    /// <param name="position">Code points before it, from 0 to <see cref="Length"/>.</param>
    /// <param name="text">What to insert; may be empty.</param>
    /// <exception cref="ArgumentOutOfRangeException">The position is outside of the text.</exception>
    /// <exception cref="ArgumentException">The text holds half of a surrogate pair, which no other device could read.</exception>
    /// <exception cref="InvalidOperationException">The agent has used up its <see cref="TextLimits.MaxSequence"/> sequence numbers.</exception>
    public void Insert(int position, ReadOnlySpan<char> text)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, Length);
        if (!CodePoints.AreWhole(text))
            throw new ArgumentException("The text holds half of a surrogate pair.", nameof(text));
        Reserve(text.Length);
        _sequence.Insert(_self, position, text);
    }

    /// <summary>Deletes text.</summary>
    /// <param name="position">Code points before it.</param>
    /// <param name="count">Code points to delete; all of them have to be there.</param>
    /// <exception cref="ArgumentOutOfRangeException">The stretch is not inside the text.</exception>
    /// <exception cref="InvalidOperationException">The agent has used up its <see cref="TextLimits.MaxSequence"/> sequence numbers.</exception>
    public void Delete(int position, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length - position);
        Reserve(count);
        _sequence.Delete(_self, position, count);
    }

    /// <summary>The code point that holds a UTF-16 unit of <see cref="ToString"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the text; its end is.</exception>
    public int PositionOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, _sequence.Tree.Units);
        return index == _sequence.Tree.Units ? Length : _sequence.Tree.PositionOfUnit(index);
    }

    /// <summary>The first UTF-16 unit, in <see cref="ToString"/>, of the code point at a position.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position is not inside the text; its end is.</exception>
    public int IndexOf(int position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, Length);
        return position == Length ? _sequence.Tree.Units : _sequence.Tree.UnitOfPosition(position);
    }

    /// <summary>The text.</summary>
    public override string ToString() => _sequence.ReadAll();

    /// <summary>An update with what this replica itself did from a sequence number on: taken before an edit and given here after it, the edit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number has not been given away yet.</exception>
    public byte[] EncodeOwn(int from)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, NextSequence);
        _writer.Begin([_self]);
        _writer.WriteSection(from);
        return _writer.End();
    }

    /// <summary>An update with everything that a peer at a version has not seen; since <see cref="TextVersion.Empty"/> it is a snapshot.</summary>
    public byte[] EncodeSince(TextVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        var logs = _sequence.Logs;
        return Encode([.. Enumerable.Range(0, logs.Count).Where(place => logs[place].Next > version[logs[place].Agent])], version);
    }

    /// <summary>
    /// A snapshot with the authors in the order of their names, not in that of their arrival here: documents that have seen the same have the same bytes.
    /// Whoever reads it may have to let entries wait, so it is for documents of fewer than <see cref="TextLimits.MaxWaiting"/> entries.
    /// </summary>
    public byte[] EncodeCanonical()
    {
        var logs = _sequence.Logs;
        return Encode([.. Enumerable.Range(0, logs.Count).Where(place => logs[place].Next > 0).OrderBy(place => logs[place].Agent)], TextVersion.Empty);
    }

    /// <summary>
    /// Takes an update of another replica. What was seen before is passed over, what builds on something that has not arrived waits for it.
    /// Never throws for any bytes.
    /// </summary>
    public TextMerge Merge(ReadOnlySpan<byte> update)
    {
        var agents = new List<TextAgent>();
        var entries = new List<RemoteEntry>();
        var refusal = UpdateReader.TryRead(update, agents, entries);
        if (refusal == TextRefusal.None && _sequence.Logs.Count + agents.Count(agent => !_sequence.Knows(agent)) > TextLimits.MaxAgents)
            refusal = TextRefusal.OverLimit;
        if (refusal != TextRefusal.None)
            return new TextMerge(0, _waiting.Count, refusal);

        int[] logs = [.. agents.Select(_sequence.PlaceOf)];
        var applied = 0;
        foreach (var entry in entries)
        {
            entry.Localize(logs);
            applied += Take(entry, ref refusal);
        }

        return new TextMerge(applied, _waiting.Count, refusal);
    }

    /// <summary>Applies an entry and everything that has waited for it; the code points it changed.</summary>
    private int Take(RemoteEntry entry, ref TextRefusal refusal)
    {
        var applied = 0;
        _work.Push(entry);
        while (_work.TryPop(out var next))
        {
            var missing = _sequence.MissingFor(next);
            if (!missing.IsNone && _waiting.Count < TextLimits.MaxWaiting)
                _waiting.Add(next, missing);
            else if (!missing.IsNone)
                refusal = TextRefusal.WaitingFull;
            else if (_sequence.Apply(next))
                applied += next.Length;
            else
                refusal = TextRefusal.Inconsistent;

            while (_waiting.Take(next.Agent, _sequence.Logs[next.Agent].Next) is { } waited)
                _work.Push(waited);
        }

        return applied;
    }

    private byte[] Encode(int[] authors, TextVersion version)
    {
        _writer.Begin(authors);
        foreach (var author in authors)
            _writer.WriteSection(version[_sequence.Logs[author].Agent]);
        return _writer.End();
    }

    private void Reserve(int count)
    {
        if (count > TextLimits.MaxSequence - NextSequence)
            throw new InvalidOperationException("This agent has used up its sequence numbers: go on with a new agent.");
    }
}
