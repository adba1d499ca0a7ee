namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>Text that an agent inserted elsewhere.</summary>
internal sealed class RemoteInsertion : RemoteEntry
{
    public required ElementId Left { get; set; }

    public required ElementId Right { get; set; }

    /// <summary>As many code points as the entry has sequence numbers.</summary>
    public ReadOnlyMemory<char> Text { get; set; }

    public override void Localize(ReadOnlySpan<int> logs)
    {
        base.Localize(logs);
        Left = Localize(Left, logs);
        Right = Localize(Right, logs);
    }

    public override void Skip(int count)
    {
        base.Skip(count);
        Left = new ElementId(Agent, Seq - 1);
        Text = Text[CodePoints.UnitsOf(Text.Span, count)..];
    }
}
