using SyncHealth.SyncEngine.Conflicts.Text;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Text;

/// <summary>The tree against a list that does the same the slow way, through growth and shrinkage of several levels.</summary>
public sealed class RunTreeTests
{
    private readonly RunTree _tree = new();
    private readonly List<Run> _expected = [];
    private readonly Random _random = new(17);

    [Fact]
    public void RandomLife_EqualsAList()
    {
        for (var round = 0; round < 6; round++)
        {
            for (var count = 0; count < 1500; count++)
                Insert();
            Check();
            while (_expected.Count > 40)
            {
                Remove();
                Check();
            }
        }
    }

    [Fact]
    public void Empty_HasNothing()
    {
        Assert.Null(_tree.First);
        Assert.Equal((0, 0), (_tree.Visible, _tree.Units));
    }

    private void Insert()
    {
        var place = _random.Next(_expected.Count + 1);
        var run = new Run
        {
            Agent = 0, Seq = 0, Length = _random.Next(1, 4), Left = ElementId.None, Right = ElementId.None, TextStart = 0, Width = _random.Next(1, 3), IsDeleted = _random.Next(4) == 0,
        };
        _tree.InsertAfter(place == 0 ? null : _expected[place - 1], run);
        _expected.Insert(place, run);
    }

    /// <summary>Whole neighbourhoods go, so that leaves and the branches above them become empty.</summary>
    private void Remove()
    {
        var place = _random.Next(3) == 0 ? 0 : _random.Next(_expected.Count);
        foreach (var run in _expected.Skip(place).Take(100).ToArray())
        {
            RunTree.Adjust(run, -run.Visible, -run.VisibleUnits);
            run.IsDeleted = true;
            _tree.Remove(run);
            _expected.Remove(run);
            if (_expected.Count == 1)
                return;
        }
    }

    private void Check()
    {
        Assert.Same(_expected[0], _tree.First);
        Assert.Equal((_expected.Sum(run => run.Visible), _expected.Sum(run => run.VisibleUnits)), (_tree.Visible, _tree.Units));
        int position = 0, unit = 0;
        foreach (var (index, run) in _expected.Index())
        {
            Assert.Same(_expected.ElementAtOrDefault(index + 1), RunTree.Next(run));
            Assert.Same(_expected.ElementAtOrDefault(index - 1), RunTree.Previous(run));
            var other = _random.Next(_expected.Count);
            Assert.Equal(index.CompareTo(other), Math.Sign(RunTree.Compare(run, _expected[other])));
            for (var offset = 0; offset < run.Visible; offset++, position++, unit += run.Width)
            {
                Assert.Same(run, _tree.Find(position, out var found));
                Assert.Equal((offset, unit, position), (found, _tree.UnitOfPosition(position), _tree.PositionOfUnit(unit + run.Width - 1)));
            }
        }
    }
}
