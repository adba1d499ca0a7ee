namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>An inner node: nodes below it, in document order.</summary>
internal sealed class RunBranch : RunNode
{
    private readonly RunNode[] _children = new RunNode[Capacity + 1];
    private int _count;

    public bool IsOverfull => _count > Capacity;

    public bool IsEmpty => _count == 0;

    public RunNode First => _children[0];

    /// <summary>The only child, when there is only one.</summary>
    public RunNode? Only => _count == 1 ? _children[0] : null;

    /// <summary>A new root over two halves.</summary>
    public static RunBranch Over(RunNode left, RunNode right)
    {
        var root = new RunBranch { Visible = left.Visible + right.Visible, Units = left.Units + right.Units };
        root.InsertAt(0, left);
        root.InsertAt(1, right);
        return root;
    }

    public int IndexOf(RunNode child)
    {
        var index = 0;
        while (!ReferenceEquals(_children[index], child))
            index++;
        return index;
    }

    /// <summary>Adds a node that was cut off a child: the sums hold it already.</summary>
    public void InsertAfter(RunNode child, RunNode sibling) => InsertAt(IndexOf(child) + 1, sibling);

    public void Remove(RunNode child)
    {
        var index = IndexOf(child);
        _count--;
        Array.Copy(_children, index + 1, _children, index, _count - index);
        _children[_count] = null!;
    }

    /// <summary>The child with the visible element of a position, which becomes relative to it.</summary>
    public RunNode ChildAt(ref int position)
    {
        var index = 0;
        while (position >= _children[index].Visible)
            position -= _children[index++].Visible;
        return _children[index];
    }

    /// <summary>The child with a UTF-16 unit; <paramref name="elements"/> grows by the elements to the left.</summary>
    public RunNode ChildAtUnit(ref int unit, ref int elements)
    {
        var index = 0;
        for (; unit >= _children[index].Units; index++)
        {
            unit -= _children[index].Units;
            elements += _children[index].Visible;
        }

        return _children[index];
    }

    /// <summary>UTF-16 units to the left of a child.</summary>
    public int UnitsBefore(RunNode child)
    {
        var units = 0;
        for (var index = 0; !ReferenceEquals(_children[index], child); index++)
            units += _children[index].Units;
        return units;
    }

    public override RunNode SplitOff()
    {
        var right = new RunBranch();
        var keep = _count / 2;
        for (var index = keep; index < _count; index++)
        {
            var child = _children[index];
            right.InsertAt(index - keep, child);
            right.Visible += child.Visible;
            right.Units += child.Units;
        }

        Array.Clear(_children, keep, _count - keep);
        _count = keep;
        Visible -= right.Visible;
        Units -= right.Units;
        return right;
    }

    private void InsertAt(int index, RunNode child)
    {
        Array.Copy(_children, index, _children, index + 1, _count - index);
        _children[index] = child;
        _count++;
        child.Parent = this;
    }
}
