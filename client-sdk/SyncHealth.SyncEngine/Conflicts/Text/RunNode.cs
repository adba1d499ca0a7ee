namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>A node of the tree over the runs, with what is visible below it.</summary>
internal abstract class RunNode
{
    /// <summary>Most entries of a node; more split it. Half a cache page of references.</summary>
    protected const int Capacity = 32;

    public RunBranch? Parent { get; set; }

    /// <summary>Visible elements.</summary>
    public int Visible { get; set; }

    /// <summary>UTF-16 units of the visible elements.</summary>
    public int Units { get; set; }

    /// <summary>Cuts the upper half off, as the node to the right.</summary>
    public abstract RunNode SplitOff();
}
