namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>
/// All runs in document order, deleted ones too, in a B+ tree that counts what is visible: the run at a position, the place of a run among
/// the others and every change cost O(log n) of the number of runs.
/// </summary>
internal sealed class RunTree
{
    private RunNode _root = new RunLeaf();

    /// <summary>Visible elements.</summary>
    public int Visible => _root.Visible;

    /// <summary>Their UTF-16 units.</summary>
    public int Units => _root.Units;

    public Run? First => FirstLeaf is { Count: > 0 } leaf ? leaf[0] : null;

    private RunLeaf FirstLeaf
    {
        get
        {
            var node = _root;
            while (node is RunBranch branch)
                node = branch.First;
            return (RunLeaf)node;
        }
    }

    public static Run? Next(Run run)
    {
        var leaf = run.Leaf;
        var index = leaf.IndexOf(run) + 1;
        return index < leaf.Count ? leaf[index] : leaf.Next?[0];
    }

    public static Run? Previous(Run run)
    {
        var leaf = run.Leaf;
        var index = leaf.IndexOf(run);
        if (index > 0)
            return leaf[index - 1];
        return leaf.Previous is { } previous ? previous[previous.Count - 1] : null;
    }

    /// <summary>Which of two runs stands first: negative, zero or positive.</summary>
    public static int Compare(Run left, Run right)
    {
        if (ReferenceEquals(left, right))
            return 0;
        if (ReferenceEquals(left.Leaf, right.Leaf))
            return left.Leaf.IndexOf(left) - left.Leaf.IndexOf(right);

        // All leaves are equally deep, so both sides meet below a common parent.
        RunNode first = left.Leaf, second = right.Leaf;
        while (!ReferenceEquals(first.Parent, second.Parent))
            (first, second) = (first.Parent!, second.Parent!);
        return first.Parent!.IndexOf(first) - first.Parent.IndexOf(second);
    }

    /// <summary>Lets a change of what is visible in a run count.</summary>
    public static void Adjust(Run run, int visible, int units)
    {
        for (RunNode? node = run.Leaf; node is not null; node = node.Parent)
        {
            node.Visible += visible;
            node.Units += units;
        }
    }

    /// <summary>The run with the visible element at a position, and the element's place in it.</summary>
    public Run Find(int position, out int offset)
    {
        offset = position;
        var node = _root;
        while (node is RunBranch branch)
            node = branch.ChildAt(ref offset);
        return ((RunLeaf)node).RunAt(ref offset);
    }

    /// <summary>The position of the visible element that holds a UTF-16 unit.</summary>
    public int PositionOfUnit(int unit)
    {
        var elements = 0;
        var node = _root;
        while (node is RunBranch branch)
            node = branch.ChildAtUnit(ref unit, ref elements);
        var run = ((RunLeaf)node).RunAtUnit(ref unit, ref elements);
        return elements + unit / run.Width;
    }

    /// <summary>The first UTF-16 unit of the visible element at a position.</summary>
    public int UnitOfPosition(int position)
    {
        var run = Find(position, out var offset);
        var units = offset * run.Width + run.Leaf.UnitsBefore(run);
        for (RunNode node = run.Leaf; node.Parent is { } parent; node = parent)
            units += parent.UnitsBefore(node);
        return units;
    }

    /// <summary>Puts a run behind another, or first.</summary>
    public void InsertAfter(Run? place, Run run)
    {
        var leaf = place?.Leaf ?? FirstLeaf;
        leaf.InsertAt(place is null ? 0 : leaf.IndexOf(place) + 1, run);
        Adjust(run, run.Visible, run.VisibleUnits);
        if (leaf.IsOverfull)
            AddSibling(leaf, leaf.SplitOff());
    }

    /// <summary>Takes out a run of which nothing is visible. Another one is there.</summary>
    public void Remove(Run run)
    {
        var leaf = run.Leaf;
        leaf.Remove(run);
        if (leaf.Count > 0 || leaf.Parent is null)
            return;
        leaf.Unlink();
        Detach(leaf);
    }

    private void AddSibling(RunNode node, RunNode sibling)
    {
        if (node.Parent is not { } parent)
        {
            _root = RunBranch.Over(node, sibling);
            return;
        }

        parent.InsertAfter(node, sibling);
        if (parent.IsOverfull)
            AddSibling(parent, parent.SplitOff());
    }

    private void Detach(RunNode node)
    {
        var parent = node.Parent!;
        parent.Remove(node);
        if (parent.IsEmpty)
            Detach(parent);
        while (_root is RunBranch { Only: { } child })
        {
            _root = child;
            child.Parent = null;
        }
    }
}
