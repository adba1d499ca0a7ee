using FsCheck;
using FsCheck.Fluent;
using SyncHealth.SyncEngine.Conflicts.Text;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Text;

public sealed class UpdateFormatTests
{
    private static readonly Config Checks = Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true);

    /// <summary>The format is stored and sent between versions: these bytes are a promise.</summary>
    [Fact]
    public void Bytes_AreThese()
    {
        var document = new TextDocument(new TextAgent(5));
        document.Insert(0, "hi😀");
        document.Insert(1, "!");
        document.Delete(0, 2);

        Assert.Equal(Bytes("01 01 05 01 00 04 74 20 06 04 05 08 05 04 68 69 F0 9F 98 80 21"), document.EncodeOwn(0));
    }

    [Fact]
    public void AnySession_SurvivesItsBytes() => Prop.ForAll(Step.Sessions(40), session =>
    {
        var sync = new VersionSync(3);
        foreach (var step in session)
            sync.Take(step);
        var copy = new TextDocument(new TextAgent(77));
        copy.Merge(sync.StateOf(0));
        var again = new TextDocument(new TextAgent(78));
        again.Merge(copy.EncodeSince(TextVersion.Empty));
        return copy.ToString() == again.ToString() && copy.Version.Equals(again.Version) && copy.Version.Equals(TextVersion.Decode(copy.Version.Encode()));
    }).Check(Checks);

    [Fact]
    public void AnyBytes_AreRefusedOrTakenButNeverThrow() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        bytes =>
        {
            byte[] update = [UpdateFormat.Version, .. bytes];
            return StaysUsable(update) && (TextVersion.Decode(update) is not { } version || version.Encode().Length == update.Length);
        }).Check(Checks.WithMaxTest(2000));

    [Fact]
    public void ChangedBytes_AreRefusedOrTakenButNeverThrow() => Prop.ForAll(
        (from session in Step.Sessions(25).Generator from place in Gen.Choose(0, 1 << 20) from value in Gen.Choose(0, 255) select (session, place, value)).ToArbitrary(),
        input =>
        {
            var sync = new VersionSync(3);
            foreach (var step in input.session)
                sync.Take(step);
            var update = sync.StateOf(0);
            update[input.place % update.Length] = (byte)input.value;
            return StaysUsable(update);
        }).Check(Checks.WithMaxTest(1000));

    [Fact]
    public void EveryShorterAndLongerUpdate_IsRefusedWhole()
    {
        var update = TwoAuthors();
        for (var length = 0; length < update.Length; length++)
            AssertRefused(TextRefusal.Malformed, update[..length]);
        AssertRefused(TextRefusal.Malformed, [.. update, (byte)'x']);
    }

    [Fact]
    public void AnotherFormat_IsRefusedByName() => AssertRefused(TextRefusal.UnknownFormat, [2, .. TwoAuthors()[1..]]);

    [Fact]
    public void TooManyBytes_AreRefusedUnread() => AssertRefused(TextRefusal.OverLimit, new byte[TextLimits.MaxUpdateBytes + 1]);

    /// <summary>The room has a bound, and a full one must not keep out what would empty it.</summary>
    [Fact]
    public void FullWaitingRoom_LeavesOutMoreButTakesWhatClosesTheGap()
    {
        var author = new TextDocument(new TextAgent(5));
        author.Insert(0, "ab");
        for (var edit = 0; edit < TextLimits.MaxWaiting; edit++)
            author.Insert(1, "x");
        var reader = new TextDocument(new TextAgent(9));
        Assert.Equal(new TextMerge(0, TextLimits.MaxWaiting, TextRefusal.None), reader.Merge(author.EncodeOwn(2)));

        author.Insert(0, "y");
        Assert.Equal(new TextMerge(0, TextLimits.MaxWaiting, TextRefusal.WaitingFull), reader.Merge(author.EncodeOwn(author.NextSequence - 1)));
        Assert.Equal(new TextMerge(author.NextSequence, 0, TextRefusal.None), reader.Merge(author.EncodeSince(reader.Version)));
        Assert.Equal(author.ToString(), reader.ToString());
    }

    /// <summary>One agent 5, one section, one insertion at both ends; each row breaks one thing.</summary>
    [Theory]
    [InlineData("01 01 05 01 00 01 34 61 62", "insertion longer than its text")]
    [InlineData("01 01 05 01 00 01 14 61", "an insertion of nothing")]
    [InlineData("01 01 05 01 00 01 34 FF", "text that is no UTF-8")]
    [InlineData("01 01 05 01 00 01 34 ED A0 80", "text with half of a surrogate pair")]
    [InlineData("01 01 85 00 01 00 01 34 61", "a number not in its shortest form")]
    [InlineData("01 02 05 05 01 00 01 34 61", "one agent twice")]
    [InlineData("01 01 05 02 00 01 34 61", "more sections than agents")]
    [InlineData("01 01 05 01 00 01 36 61", "no number before the first")]
    [InlineData("01 01 05 01 00 01 3C 61", "no insertion before with a right origin")]
    [InlineData("01 01 05 01 00 01 30 02 61", "an origin of the author's future")]
    [InlineData("01 01 05 01 00 01 30 01 00 61", "the author's own element as another's")]
    [InlineData("01 01 05 01 00 01 30 01 07 61", "an agent that is not in the table")]
    [InlineData("01 01 05 01 00 01 05 00", "a deletion of its own number")]
    [InlineData("01 01 05 01 02 01 09 02", "a deletion that runs into the future")]
    [InlineData("01 01 05 01 80 80 80 80 04 01 34 61", "sequence numbers up to the limit")]
    [InlineData("01 FF FF FF FF 0F 05", "more agents than bytes")]
    [InlineData("01 01 FF FF FF FF FF FF FF FF FF 02 01 00 00", "an agent beyond 64 bits")]
    public void Malformed_IsRefusedWhole(string hex, string what)
    {
        Assert.NotEmpty(what);
        AssertRefused(TextRefusal.Malformed, Bytes(hex));
    }

    [Fact]
    public void WellFormedTwin_OfTheRowsAbove_IsTaken() =>
        Assert.Equal(new TextMerge(1, 0, TextRefusal.None), new TextDocument(new TextAgent(1)).Merge(Bytes("01 01 05 01 00 01 34 61")));

    /// <summary>Agent 5 typed three letters (0 to 2) and deleted the last (3); agent 6 claims what nobody who had seen that could write.</summary>
    [Theory]
    [InlineData("01 02 06 05 01 00 01 20 03 01 01 01 78", "its right origin stands before its left one")]
    [InlineData("01 02 06 05 01 00 01 20 01 01 01 01 78", "both origins are the same element")]
    [InlineData("01 02 06 05 01 00 01 30 07 01 78", "its origin is a deletion")]
    [InlineData("01 02 06 05 01 00 01 05 07 01", "it deletes a deletion")]
    public void Contradiction_StaysOutAndCostsNobodyElse(string hex, string what)
    {
        var author = new TextDocument(new TextAgent(5));
        author.Insert(0, "abc");
        author.Delete(2, 1);
        Assert.NotEmpty(what);

        var reader = new TextDocument(new TextAgent(9));
        reader.Merge(author.EncodeOwn(0));
        Assert.Equal(TextRefusal.Inconsistent, reader.Merge(Bytes(hex)).Refusal);
        Assert.Equal("ab", reader.ToString());
        Assert.Equal(0, reader.Version[new TextAgent(6)]);

        var from = author.NextSequence;
        author.Insert(2, "d");
        reader.Merge(author.EncodeOwn(from));
        Assert.Equal("abd", reader.ToString());
    }

    [Fact]
    public void Merge_EarlyUpdate_WaitsAndIsThenTaken()
    {
        var author = new TextDocument(new TextAgent(5));
        author.Insert(0, "one ");
        var first = author.EncodeOwn(0);
        author.Insert(4, "two");
        var second = author.EncodeOwn(4);

        var reader = new TextDocument(new TextAgent(9));
        Assert.Equal(new TextMerge(0, 1, TextRefusal.None), reader.Merge(second));
        Assert.Equal("", reader.ToString());
        Assert.Equal(TextVersion.Empty, reader.Version);
        Assert.Equal(new TextMerge(7, 0, TextRefusal.None), reader.Merge(first));
        Assert.Equal("one two", reader.ToString());
        Assert.Equal(new TextMerge(0, 0, TextRefusal.None), reader.Merge(second));
    }

    /// <summary>An update may hold again, in front, what the reader has already.</summary>
    [Fact]
    public void Merge_PartlyKnown_TakesTheRest()
    {
        var author = new TextDocument(new TextAgent(5));
        author.Insert(0, "😀a");
        var reader = new TextDocument(new TextAgent(9));
        reader.Merge(author.EncodeOwn(0));
        author.Insert(2, "bc");
        author.Delete(0, 1);
        var early = author.EncodeOwn(0);
        author.Delete(0, 3);

        Assert.Equal(new TextMerge(3, 0, TextRefusal.None), reader.Merge(early));
        Assert.Equal("abc", reader.ToString());
        Assert.Equal(new TextMerge(3, 0, TextRefusal.None), reader.Merge(author.EncodeOwn(4)));
        Assert.Equal("", reader.ToString());
    }

    private static byte[] TwoAuthors()
    {
        var first = new TextDocument(new TextAgent(300));
        first.Insert(0, "héllo 😀");
        var second = new TextDocument(new TextAgent(7));
        second.Merge(first.EncodeOwn(0));
        second.Insert(3, "XY");
        second.Delete(5, 2);
        return second.EncodeSince(TextVersion.Empty);
    }

    private static void AssertRefused(TextRefusal refusal, byte[] update)
    {
        var document = new TextDocument(new TextAgent(1));
        Assert.Equal(new TextMerge(0, 0, refusal), document.Merge(update));
        Assert.Equal(TextVersion.Empty, document.Version);
    }

    /// <summary>After any bytes a document still edits, counts, answers peers, and reads what it wrote itself.</summary>
    private static bool StaysUsable(byte[] update)
    {
        var document = new TextDocument(new TextAgent(1));
        document.Insert(0, "before");
        document.Merge(update);
        document.Insert(document.Length, "after😀");
        document.Delete(0, document.Length / 2);
        var text = document.ToString();
        var copy = new TextDocument(new TextAgent(2));
        var merge = copy.Merge(document.EncodeSince(TextVersion.Empty));
        return text.EndsWith("😀", StringComparison.Ordinal) && text.EnumerateRunes().Count() == document.Length && document.IndexOf(document.Length) == text.Length
            && merge.Refusal is TextRefusal.None or TextRefusal.Inconsistent && copy.Length == copy.ToString().EnumerateRunes().Count();
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
