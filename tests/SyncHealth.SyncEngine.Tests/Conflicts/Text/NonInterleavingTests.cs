using SyncHealth.SyncEngine.Conflicts.Text;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Text;

/// <summary>What two people type at one place is never mixed, in whatever direction they typed: the paper's reason to be.</summary>
public sealed class NonInterleavingTests
{
    [Fact]
    public void Forward_TwoWordsAtOnePlace_StandOneAfterTheOther()
    {
        var (first, second) = TwoPeersOn("Shopping");
        Type(first, 8, " Bread", forward: true);
        Type(second, 8, " Milk", forward: true);

        Assert.Equal("Shopping Bread Milk", Merged(first, second));
    }

    [Fact]
    public void Backward_TwoWordsTypedFromTheirEnds_StandOneAfterTheOther()
    {
        var (first, second) = TwoPeersOn("Shopping");
        Type(first, 8, " Bread", forward: false);
        Type(second, 8, " Milk", forward: false);

        Assert.Equal("Shopping Bread Milk", Merged(first, second));
    }

    [Fact]
    public void ForwardAgainstBackward_IsNotMixedEither()
    {
        var (first, second) = TwoPeersOn("[]");
        Type(first, 1, "forward", forward: true);
        Type(second, 1, "backward", forward: false);

        Assert.Equal("[forwardbackward]", Merged(first, second));
    }

    /// <summary>Words that grow at both ends, as with a cursor that returns.</summary>
    [Fact]
    public void Tails_StayWithTheirWord()
    {
        var (first, second) = TwoPeersOn("");
        first.Insert(0, "a");
        first.Insert(0, "<");
        first.Insert(2, ">");
        second.Insert(0, "b");
        second.Insert(0, "(");
        second.Insert(2, ")");

        Assert.Equal("<a>(b)", Merged(first, second));
    }

    /// <summary>A place between two words that only one side has seen is nearer than the end of the document.</summary>
    [Fact]
    public void LocalPlace_GoesBeforeAConcurrentInsertionAtTheTop()
    {
        var a = new TextDocument(new TextAgent(1));
        var b = new TextDocument(new TextAgent(2));
        var c = new TextDocument(new TextAgent(3));
        var d = new TextDocument(new TextAgent(4));
        a.Insert(0, "a");
        b.Insert(0, "b");
        c.Insert(0, "c");
        d.Merge(a.EncodeOwn(0));
        d.Merge(c.EncodeOwn(0));
        d.Insert(1, "d");

        Assert.Equal("adbc", Merged(b, d));
    }

    /// <summary>
    /// What FugueMax adds to Fugue: siblings stand in the reverse order of what was to the right of them, whoever wrote them, so that each
    /// stays beside its right neighbour as far as both neighbours allow. Fugue would let the smaller agent stand first.
    /// </summary>
    [Theory]
    [InlineData(4, 5)]
    [InlineData(5, 4)]
    public void SiblingWithTheNearerRightNeighbour_StandsLater(ulong near, ulong far)
    {
        var end = new TextDocument(new TextAgent(1));
        end.Insert(0, "E");
        var left = Copy(end, 2);
        var other = Copy(end, 3);
        left.Insert(0, "L");
        other.Insert(0, "Z");
        var farSide = Copy(left, far);
        Assert.Equal("LZE", Merged(left, other));
        var nearSide = Copy(left, near);
        farSide.Insert(1, "f");
        nearSide.Insert(1, "n");

        Assert.Equal("LfnZE", Merged(nearSide, farSide));
    }

    [Theory]
    [InlineData(1, 2, "onetwo")]
    [InlineData(2, 1, "twoone")]
    [InlineData(ulong.MaxValue, 0, "twoone")]
    public void Ties_GoToTheSmallerAgent(ulong first, ulong second, string expected)
    {
        var one = new TextDocument(new TextAgent(first));
        var two = new TextDocument(new TextAgent(second));
        one.Insert(0, "one");
        two.Insert(0, "two");

        Assert.Equal(expected, Merged(one, two));
    }

    /// <summary>A new text goes right behind what is visible to its left: text that was deleted there comes after it.</summary>
    [Fact]
    public void Insertion_StandsBeforeWhatWasDeletedThere()
    {
        var (first, second) = TwoPeersOn("abc");
        first.Delete(1, 1);
        first.Insert(1, "X");
        second.Insert(2, "Y");

        Assert.Equal("aXYc", Merged(first, second));
    }

    private static (TextDocument First, TextDocument Second) TwoPeersOn(string text)
    {
        var start = new TextDocument(new TextAgent(1));
        start.Insert(0, text);
        return (Copy(start, 2), Copy(start, 3));
    }

    private static TextDocument Copy(TextDocument document, ulong agent)
    {
        var copy = new TextDocument(new TextAgent(agent));
        copy.Merge(document.EncodeSince(copy.Version));
        return copy;
    }

    private static void Type(TextDocument document, int position, string word, bool forward)
    {
        foreach (var (index, letter) in (forward ? word : word.Reverse()).Index())
            document.Insert(forward ? position + index : position, [letter]);
    }

    /// <summary>The text that both hold once each has the other's work.</summary>
    private static string Merged(TextDocument first, TextDocument second)
    {
        first.Merge(second.EncodeSince(first.Version));
        second.Merge(first.EncodeSince(second.Version));
        Assert.Equal(first.ToString(), second.ToString());
        return first.ToString();
    }
}
