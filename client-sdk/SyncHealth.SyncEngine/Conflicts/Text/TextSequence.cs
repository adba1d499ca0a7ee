using System.Runtime.InteropServices;

namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>The state of one replica: what every agent did, and the runs in the order that all replicas agree on.</summary>
internal sealed class TextSequence
{
    private readonly List<AgentLog> _logs = [];
    private readonly Dictionary<TextAgent, int> _places = [];
    private readonly RunTree _tree = new();

    public IReadOnlyList<AgentLog> Logs => _logs;

    public RunTree Tree => _tree;

    /// <summary>The place of an agent's log, which a new agent gets here.</summary>
    public int PlaceOf(TextAgent agent)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, agent, out var isKnown);
        if (!isKnown)
        {
            place = _logs.Count;
            _logs.Add(new AgentLog(agent));
        }

        return place;
    }

    public bool Knows(TextAgent agent) => _places.ContainsKey(agent);

    /// <summary>Inserts at a visible position: directly behind the visible element to the left, before anything deleted there, as the paper says.</summary>
    public void Insert(int agent, int position, ReadOnlySpan<char> text)
    {
        if (position == 0)
        {
            Write(agent, ElementId.None, _tree.First?.First ?? ElementId.None, null, text);
            return;
        }

        var left = _tree.Find(position - 1, out var offset);
        if (offset + 1 < left.Length)
            Cut(left, offset + 1);
        Write(agent, left.Last, RunTree.Next(left)?.First ?? ElementId.None, left, text);
    }

    /// <summary>Deletes visible elements.</summary>
    public void Delete(int agent, int position, int count)
    {
        while (count > 0)
        {
            var run = _tree.Find(position, out var offset);
            var piece = Math.Min(count, run.Length - offset);
            _logs[agent].AppendDeletion(run.Agent, run.Seq + offset, piece, isBackward: false);
            Hide(run, offset, piece);
            count -= piece;
        }
    }

    /// <summary>The element without which an entry cannot be applied yet, or none.</summary>
    public ElementId MissingFor(RemoteEntry entry)
    {
        var next = _logs[entry.Agent].Next;
        if (entry.End <= next)
            return ElementId.None;
        if (entry.Seq > next)
            return new ElementId(entry.Agent, entry.Seq - 1);
        return entry switch
        {
            RemoteInsertion insertion when IsMissing(insertion.Left) => insertion.Left,
            RemoteInsertion insertion when IsMissing(insertion.Right) => insertion.Right,
            RemoteDeletion deletion when IsMissing(new ElementId(deletion.TargetAgent, deletion.TargetSeq + deletion.Length - 1)) =>
                new ElementId(deletion.TargetAgent, deletion.TargetSeq + deletion.Length - 1),
            _ => ElementId.None,
        };
    }

    /// <summary>Applies an entry that misses nothing; false when it contradicts what its author must have seen.</summary>
    /// <param name="entry">The entry; what of it is known already is dropped from it.</param>
    public bool Apply(RemoteEntry entry)
    {
        var known = _logs[entry.Agent].Next - entry.Seq;
        if (known >= entry.Length)
        {
            entry.Length = 0;
            return true;
        }

        if (known > 0)
            entry.Skip(known);
        return entry is RemoteInsertion insertion ? Apply(insertion) : Apply((RemoteDeletion)entry);
    }

    /// <summary>Everything visible.</summary>
    public string ReadAll() => string.Create(_tree.Units, this, static (text, sequence) =>
    {
        for (var run = sequence._tree.First; run is not null; run = RunTree.Next(run))
        {
            if (run.IsDeleted)
                continue;
            var piece = sequence._logs[run.Agent].TextOf(run, 0);
            piece.CopyTo(text);
            text = text[piece.Length..];
        }
    });

    private bool Apply(RemoteInsertion insertion)
    {
        if (!IsText(insertion.Left) || !IsText(insertion.Right))
            return false;
        if (!insertion.Left.IsNone && !insertion.Right.IsNone && Compare(insertion.Left, insertion.Right) >= 0)
            return false;
        var place = FindPlace(insertion);
        Write(insertion.Agent, insertion.Left, insertion.Right, place, insertion.Text.Span);
        return true;
    }

    private bool Apply(RemoteDeletion deletion)
    {
        var log = _logs[deletion.TargetAgent];
        var end = deletion.TargetSeq + deletion.Length;
        for (var seq = deletion.TargetSeq; seq < end;)
        {
            var entry = log.Find(seq);
            if (entry is not Run)
                return false;
            seq = entry.End;
        }

        for (var seq = deletion.TargetSeq; seq < end;)
        {
            var run = (Run)log.Find(seq);
            var piece = Math.Min(end, run.End) - seq;
            if (!run.IsDeleted)
                Hide(run, seq - run.Seq, piece);
            seq += piece;
        }

        _logs[deletion.Agent].AppendDeletion(deletion.TargetAgent, deletion.TargetSeq, deletion.Length, deletion.IsBackward);
        return true;
    }

    /// <summary>
    /// The run behind which FugueMax wants an insertion, null for the beginning. Between the two origins stand only insertions that its author
    /// had not seen and what was built on them. Those with the same left origin are its siblings: they stand in the reverse order of their right
    /// origins, those with the same right origin too by agent, then sequence number, each followed by all that was built on it
    /// (Weidner and Kleppmann, "The Art of the Fugue", 2023, section on FugueMax).
    /// </summary>
    private Run? FindPlace(RemoteInsertion insertion)
    {
        var left = insertion.Left.IsNone ? null : EndingWith(insertion.Left);
        var right = insertion.Right.IsNone ? null : BeginningWith(insertion.Right);
        var place = left;
        var isUndecided = false;
        for (var other = left is null ? _tree.First : RunTree.Next(left); other is not null && other != right; other = RunTree.Next(other))
        {
            var order = CompareLeft(other.Left, insertion.Left);
            if (order < 0)
                break;
            if (order == 0)
            {
                var rightOrder = CompareRight(other.Right, insertion.Right);
                if (rightOrder == 0 && Precedes(insertion, other))
                    break;

                // A sibling with a nearer right origin comes later than this insertion, unless a further sibling shows that it stands inside one that comes earlier.
                isUndecided = rightOrder < 0;
            }

            if (!isUndecided)
                place = other;
        }

        return place;
    }

    private bool Precedes(RemoteInsertion insertion, Run other)
    {
        var order = _logs[insertion.Agent].Agent.CompareTo(_logs[other.Agent].Agent);
        return order != 0 ? order < 0 : insertion.Seq < other.Seq;
    }

    /// <summary>Logs text at the author's next sequence numbers and puts it behind a run.</summary>
    private void Write(int agent, ElementId left, ElementId right, Run? place, ReadOnlySpan<char> text)
    {
        var log = _logs[agent];
        while (!text.IsEmpty)
        {
            var count = CodePoints.NextPiece(text, log.Room, out var width);
            var textStart = log.AppendText(text[..(count * width)]);
            if (place is { IsDeleted: false } && place.IsContinuedBy(agent, log.Next, left, right, width))
            {
                place.Length += count;
                log.Advance(count);
                RunTree.Adjust(place, count, count * width);
            }
            else
            {
                var run = new Run { Agent = agent, Seq = log.Next, Length = count, Left = left, Right = right, TextStart = textStart, Width = width };
                log.Append(run);
                _tree.InsertAfter(place, run);
                place = run;
            }

            left = place.Last;
            text = text[(count * width)..];
        }
    }

    /// <summary>Deletes visible elements of one run and joins what then belongs together.</summary>
    private void Hide(Run run, int offset, int count)
    {
        if (offset > 0)
            run = Cut(run, offset);
        if (count < run.Length)
            Cut(run, count);
        RunTree.Adjust(run, -run.Visible, -run.VisibleUnits);
        run.IsDeleted = true;
        if (RunTree.Next(run) is { } next)
            Join(run, next);
        if (RunTree.Previous(run) is { } previous)
            Join(previous, run);
    }

    /// <summary>Makes one of two neighbouring deleted runs where the second goes on with the first.</summary>
    private void Join(Run run, Run next)
    {
        if (!run.IsDeleted || !next.IsDeleted || !run.IsContinuedBy(next.Agent, next.Seq, next.Left, next.Right, next.Width))
            return;
        _tree.Remove(next);
        _logs[next.Agent].Remove(next);
        run.Length += next.Length;
    }

    private Run Cut(Run run, int offset)
    {
        var tail = run.CutAt(offset);
        RunTree.Adjust(run, -tail.Visible, -tail.VisibleUnits);
        _logs[run.Agent].Insert(tail);
        _tree.InsertAfter(run, tail);
        return tail;
    }

    private Run EndingWith(ElementId id)
    {
        var run = RunOf(id);
        if (id.Seq + 1 < run.End)
            Cut(run, id.Seq + 1 - run.Seq);
        return run;
    }

    private Run BeginningWith(ElementId id)
    {
        var run = RunOf(id);
        return id.Seq == run.Seq ? run : Cut(run, id.Seq - run.Seq);
    }

    private Run RunOf(ElementId id) => (Run)_logs[id.Agent].Find(id.Seq);

    private bool IsMissing(ElementId id) => !id.IsNone && id.Seq >= _logs[id.Agent].Next;

    /// <summary>Whether an origin is an inserted element, or none; a deletion has sequence numbers too.</summary>
    private bool IsText(ElementId id) => id.IsNone || _logs[id.Agent].Find(id.Seq) is Run;

    private int CompareLeft(ElementId first, ElementId second)
    {
        if (first == second)
            return 0;
        if (first.IsNone || second.IsNone)
            return first.IsNone ? -1 : 1;
        return Compare(first, second);
    }

    private int CompareRight(ElementId first, ElementId second)
    {
        if (first == second)
            return 0;
        if (first.IsNone || second.IsNone)
            return first.IsNone ? 1 : -1;
        return Compare(first, second);
    }

    private int Compare(ElementId first, ElementId second)
    {
        var (left, right) = (RunOf(first), RunOf(second));
        return ReferenceEquals(left, right) ? first.Seq.CompareTo(second.Seq) : RunTree.Compare(left, right);
    }
}
