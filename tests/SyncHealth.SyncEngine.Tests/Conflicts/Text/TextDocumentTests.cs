using SyncHealth.SyncEngine.Conflicts.Text;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Text;

public sealed class TextDocumentTests
{
    private readonly TextDocument _document = new(new TextAgent(1));

    [Fact]
    public void Insert_InTheMiddle_SplitsWhatWasThere()
    {
        _document.Insert(0, "held");
        _document.Insert(3, "lo wor");

        Assert.Equal("hello word", _document.ToString());
        Assert.Equal(10, _document.Length);
    }

    [Fact]
    public void Delete_AcrossRuns_TakesExactlyTheStretch()
    {
        _document.Insert(0, "abc");
        _document.Insert(1, "xyz");
        _document.Delete(2, 3);

        Assert.Equal("axc", _document.ToString());
    }

    [Fact]
    public void Edits_TakeASequenceNumberForEveryCodePoint()
    {
        _document.Insert(0, "a😀b");
        Assert.Equal(3, _document.NextSequence);

        _document.Delete(0, 2);
        Assert.Equal(5, _document.NextSequence);
    }

    [Fact]
    public void Edits_OfNothing_ChangeNothing()
    {
        _document.Insert(0, "");
        _document.Delete(0, 0);

        Assert.Equal(0, _document.NextSequence);
        Assert.Equal("", _document.ToString());
        Assert.Equal(TextVersion.Empty, _document.Version);
    }

    [Fact]
    public void Positions_AreCodePoints()
    {
        _document.Insert(0, "a😀b");
        _document.Insert(2, "𝄞");
        _document.Delete(1, 1);

        Assert.Equal("a𝄞b", _document.ToString());
        Assert.Equal(3, _document.Length);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void Insert_OutsideOfTheText_Throws(int position)
    {
        _document.Insert(0, "abc");
        Assert.Throws<ArgumentOutOfRangeException>(() => _document.Insert(position, "x"));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(1, int.MaxValue)]
    public void Delete_OutsideOfTheText_Throws(int position, int count)
    {
        _document.Insert(0, "abc");
        Assert.Throws<ArgumentOutOfRangeException>(() => _document.Delete(position, count));
        Assert.Equal("abc", _document.ToString());
    }

    [Fact]
    public void Insert_HalfOfASurrogatePair_Throws()
    {
        // Not rows of a theory: the runner's own serialisation replaces what is no Unicode.
        foreach (var text in (string[])["\uD83D", "a\uDE00", "\uDE00\uD83D"])
            Assert.Throws<ArgumentException>(() => _document.Insert(0, text));
        Assert.Equal(0, _document.NextSequence);
    }

    [Fact]
    public void PositionOfAndIndexOf_AgreeWithTheString()
    {
        var random = new Random(7);
        for (var round = 0; round < 3000; round++)
        {
            _document.Insert(random.Next(_document.Length + 1), round % 3 == 0 ? "😀é" : "ab");
            if (round % 5 == 0)
                _document.Delete(random.Next(_document.Length - 1), 2);
        }

        var text = _document.ToString();
        var index = 0;
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            Assert.Equal(index, _document.IndexOf(position));
            for (var unit = 0; unit < rune.Utf16SequenceLength; unit++)
                Assert.Equal(position, _document.PositionOf(index + unit));
            index += rune.Utf16SequenceLength;
            position++;
        }

        Assert.Equal(text.Length, _document.IndexOf(_document.Length));
        Assert.Equal(_document.Length, _document.PositionOf(text.Length));
        Assert.Throws<ArgumentOutOfRangeException>(() => _document.PositionOf(text.Length + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _document.IndexOf(_document.Length + 1));
    }

    /// <summary>Enough edits at random places that leaves and branches split and, under the deletions, empty again.</summary>
    [Fact]
    public void ManyRandomEdits_EqualThoseOfAList()
    {
        var random = new Random(3);
        var expected = new List<char>();
        for (var round = 0; round < 12_000; round++)
        {
            if (round % 2000 < 1200 || expected.Count < 50)
            {
                var position = random.Next(expected.Count + 1);
                var letter = (char)('a' + round % 26);
                _document.Insert(position, [letter]);
                expected.Insert(position, letter);
            }
            else
            {
                var count = random.Next(1, 12);
                var position = random.Next(expected.Count - count);
                _document.Delete(position, count);
                expected.RemoveRange(position, count);
            }
        }

        _document.Delete(0, _document.Length - 3);
        Assert.Equal(new string([.. expected[^3..]]), _document.ToString());
        Assert.Equal(_document.ToString(), CopyOf(_document).ToString());
    }

    [Fact]
    public void LongTexts_CrossThePagesOfTheLog()
    {
        var text = string.Concat(Enumerable.Range(0, 5000).Select(number => (char)('a' + number % 26)));
        _document.Insert(0, text);
        _document.Delete(500, 3000);
        for (var press = 0; press < 1500; press++)
            _document.Delete(_document.Length - 1, 1);

        Assert.Equal(text[..500], _document.ToString());
        Assert.Equal(9500, _document.NextSequence);
        Assert.Equal(text[..500], CopyOf(_document).ToString());
    }

    /// <summary>Run-length encoding seen from outside: what was typed and erased in one go is a few runs, whatever its length.</summary>
    [Fact]
    public void TypingAndErasing_StaysAFewRuns()
    {
        const int Letters = 10_000;
        for (var letter = 0; letter < Letters; letter++)
            _document.Insert(letter, "a");
        for (var press = 0; press < Letters / 2; press++)
            _document.Delete(_document.Length - 1, 1);
        for (var press = 0; press < Letters / 4; press++)
            _document.Delete(0, 1);

        Assert.InRange(_document.EncodeSince(TextVersion.Empty).Length, Letters, Letters + 300);
    }

    /// <summary>The measured sum over a real session is in the documentation; this holds the bound at the widest agent id.</summary>
    [Fact]
    public void OneKey_IsAtMostThirtyBytes()
    {
        var random = new Random(5);
        var document = new TextDocument(new TextAgent(ulong.MaxValue));
        for (var round = 0; round < 30_000; round++)
        {
            var from = document.NextSequence;
            if (round % 4 == 3)
                document.Delete(random.Next(document.Length), 1);
            else
                document.Insert(random.Next(document.Length + 1), "x");
            Assert.InRange(document.EncodeOwn(from).Length, 1, 30);
        }
    }

    [Fact]
    public void EncodeOwn_FutureNumber_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => _document.EncodeOwn(1));

    [Fact]
    public void Snapshot_HoldsTheWholeHistory()
    {
        _document.Insert(0, "draft");
        var early = CopyOf(_document);
        early.Insert(5, " two");
        _document.Delete(0, 5);
        _document.Insert(0, "final");

        var late = CopyOf(_document);
        Assert.Equal(_document.Version, late.Version);
        late.Merge(early.EncodeSince(late.Version));

        Assert.Equal("final two", late.ToString());
    }

    private static TextDocument CopyOf(TextDocument document)
    {
        var copy = new TextDocument(new TextAgent(2));
        var merge = copy.Merge(document.EncodeSince(TextVersion.Empty));
        Assert.Equal(new TextMerge(document.NextSequence, 0, TextRefusal.None), merge);
        return copy;
    }
}
