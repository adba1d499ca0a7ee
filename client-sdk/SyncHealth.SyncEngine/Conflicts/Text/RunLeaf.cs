namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>A leaf: runs in document order, linked to its neighbours.</summary>
internal sealed class RunLeaf : RunNode
{
    private readonly Run[] _runs = new Run[Capacity + 1];

    public int Count { get; private set; }

    public RunLeaf? Previous { get; private set; }

    public RunLeaf? Next { get; private set; }

    public bool IsOverfull => Count > Capacity;

    public Run this[int index] => _runs[index];

    public int IndexOf(Run run)
    {
        var index = 0;
        while (!ReferenceEquals(_runs[index], run))
            index++;
        return index;
    }

    public void InsertAt(int index, Run run)
    {
        Array.Copy(_runs, index, _runs, index + 1, Count - index);
        _runs[index] = run;
        Count++;
        run.Leaf = this;
    }

    public void Remove(Run run)
    {
        var index = IndexOf(run);
        Count--;
        Array.Copy(_runs, index + 1, _runs, index, Count - index);
        _runs[Count] = null!;
    }

    /// <summary>Takes an empty leaf out of the chain.</summary>
    public void Unlink()
    {
        if (Previous is not null)
            Previous.Next = Next;
        if (Next is not null)
            Next.Previous = Previous;
    }

    /// <summary>The run with the visible element of a position, which becomes relative to it.</summary>
    public Run RunAt(ref int position)
    {
        var index = 0;
        while (position >= _runs[index].Visible)
            position -= _runs[index++].Visible;
        return _runs[index];
    }

    /// <summary>The run with a UTF-16 unit; <paramref name="elements"/> grows by the elements to the left.</summary>
    public Run RunAtUnit(ref int unit, ref int elements)
    {
        var index = 0;
        for (; unit >= _runs[index].VisibleUnits; index++)
        {
            unit -= _runs[index].VisibleUnits;
            elements += _runs[index].Visible;
        }

        return _runs[index];
    }

    /// <summary>UTF-16 units to the left of a run.</summary>
    public int UnitsBefore(Run run)
    {
        var units = 0;
        for (var index = 0; !ReferenceEquals(_runs[index], run); index++)
            units += _runs[index].VisibleUnits;
        return units;
    }

    public override RunNode SplitOff()
    {
        // At the end of the document text grows by appending: a half-full leaf there would stay half full.
        var keep = Next is null ? Capacity : Count / 2;
        var right = new RunLeaf { Previous = this, Next = Next };
        if (Next is not null)
            Next.Previous = right;
        Next = right;
        for (var index = keep; index < Count; index++)
        {
            var run = _runs[index];
            right.InsertAt(index - keep, run);
            right.Visible += run.Visible;
            right.Units += run.VisibleUnits;
        }

        Array.Clear(_runs, keep, Count - keep);
        Count = keep;
        Visible -= right.Visible;
        Units -= right.Units;
        return right;
    }
}
