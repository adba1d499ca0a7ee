namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>
/// Elements that one agent inserted one after the other and that still stand side by side: the item of the sequence, run-length encoded.
/// Every element but the first has the one before it as its left origin; all share the right origin.
/// </summary>
internal sealed class Run : LogEntry
{
    public required int Agent { get; init; }

    /// <summary>What stood to the left of the first element when it was inserted.</summary>
    public required ElementId Left { get; init; }

    /// <summary>What stood to the right, deleted or not.</summary>
    public required ElementId Right { get; init; }

    /// <summary>Where the author's text has this run, in UTF-16 units.</summary>
    public required int TextStart { get; init; }

    /// <summary>UTF-16 units an element, 1 or 2: a run holds no mixture, so that every place in it is arithmetic.</summary>
    public required int Width { get; init; }

    public bool IsDeleted { get; set; }

    /// <summary>Where the tree keeps it.</summary>
    public RunLeaf Leaf { get; set; } = null!;

    public int Visible => IsDeleted ? 0 : Length;

    public int VisibleUnits => IsDeleted ? 0 : Length * Width;

    public ElementId First => new(Agent, Seq);

    public ElementId Last => new(Agent, End - 1);

    /// <summary>Keeps the first elements and gives the others back as a run of their own.</summary>
    public Run CutAt(int offset)
    {
        var tail = new Run
        {
            Agent = Agent,
            Seq = Seq + offset,
            Length = Length - offset,
            Left = new ElementId(Agent, Seq + offset - 1),
            Right = Right,
            TextStart = TextStart + offset * Width,
            Width = Width,
            IsDeleted = IsDeleted,
        };
        Length = offset;
        return tail;
    }

    /// <summary>Whether an element inserted with these origins, at the place right behind this run, belongs to it.</summary>
    public bool IsContinuedBy(int agent, int seq, ElementId left, ElementId right, int width) =>
        agent == Agent && seq == End && left == Last && right == Right && width == Width && !AgentLog.BeginsPage(seq);
}
