namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>
/// What one agent did, by sequence number without a gap, and the text it inserted. Sequence numbers are cut into pages of fixed size and
/// no entry crosses a page, so that finding, cutting and joining entries costs the same however long the log is.
/// </summary>
internal sealed class AgentLog(TextAgent agent)
{
    private const int FirstTextUnits = 16;

    private readonly List<LogPage> _pages = [];
    private char[] _text = new char[FirstTextUnits];
    private int _textLength;

    public TextAgent Agent => agent;

    /// <summary>The next sequence number.</summary>
    public int Next { get; private set; }

    /// <summary>Sequence numbers that still fit the current page.</summary>
    public int Room => LogPage.Size - (Next & (LogPage.Size - 1));

    public static bool BeginsPage(int seq) => (seq & (LogPage.Size - 1)) == 0;

    /// <summary>The entry that holds a known sequence number.</summary>
    public LogEntry Find(int seq) => PageOf(seq).Find(seq);

    /// <summary>Adds an entry that begins at <see cref="Next"/> and fits into <see cref="Room"/>.</summary>
    public void Append(LogEntry entry)
    {
        if (BeginsPage(Next))
            _pages.Add(new LogPage());
        _pages[^1].Append(entry);
        Next = entry.End;
    }

    /// <summary>Lets the last entry, which a caller has made longer, count.</summary>
    public void Advance(int count) => Next += count;

    /// <summary>Takes in what was cut off an entry.</summary>
    public void Insert(LogEntry tail) => PageOf(tail.Seq).Insert(tail);

    /// <summary>Drops an entry whose numbers the one before it has taken over.</summary>
    public void Remove(LogEntry entry) => PageOf(entry.Seq).Remove(entry);

    /// <summary>Records deleted elements.</summary>
    public void AppendDeletion(int targetAgent, int targetSeq, int count, bool isBackward)
    {
        while (count > 0)
        {
            var piece = Math.Min(count, Room);
            var first = isBackward ? targetSeq + count - piece : targetSeq;
            if (!BeginsPage(Next) && _pages[^1].Last is Deletion last && last.TryExtend(targetAgent, first, piece, isBackward))
                Advance(piece);
            else
                Append(new Deletion { Seq = Next, Length = piece, TargetAgent = targetAgent, TargetSeq = first, IsBackward = isBackward && piece > 1 });
            count -= piece;
            if (!isBackward)
                targetSeq += piece;
        }
    }

    /// <summary>Keeps inserted text; the place at which it begins.</summary>
    public int AppendText(ReadOnlySpan<char> text)
    {
        var start = _textLength;
        if (start + text.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(start + text.Length, checked(_text.Length * 2)));
        text.CopyTo(_text.AsSpan(start));
        _textLength += text.Length;
        return start;
    }

    /// <summary>Text of a run from one of its elements on.</summary>
    public ReadOnlySpan<char> TextOf(Run run, int offset) =>
        _text.AsSpan(run.TextStart + offset * run.Width, (run.Length - offset) * run.Width);

    private LogPage PageOf(int seq) => _pages[seq >> LogPage.SizeBits];
}
