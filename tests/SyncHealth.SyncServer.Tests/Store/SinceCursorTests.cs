using FsCheck;
using FsCheck.Fluent;
using SyncHealth.SyncServer.Store;
using Xunit;

namespace SyncHealth.SyncServer.Tests.Store;

public sealed class SinceCursorTests
{
    private static readonly Config Checks = Config.QuickThrowOnFailure.WithMaxTest(200).WithQuietOnSuccess(true);
    private static readonly DateTime Start = new(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc);

    private static readonly Gen<SinceCursor> Cursors =
        from micros in Gen.Choose(0, int.MaxValue)
        from ahead in Gen.Choose(0, 1000)
        from id in Gen.Elements(null, "n1", "list/0193", "a~b", "")
        select id is null
            ? new SinceCursor(Start.AddMicroseconds(micros), Start.AddMicroseconds(micros), null)
            : new SinceCursor(Start.AddMicroseconds(micros), Start.AddMicroseconds(micros + ahead), id);

    [Fact]
    public void Cursor_SurvivesItsText() => Prop.ForAll(
        Cursors.ToArbitrary(), cursor => SinceCursor.TryParse(cursor.ToString(), out var read) && read == cursor).Check(Checks);

    [Fact]
    public void TryParse_AnyText_NeverThrows() => Prop.ForAll(
        ArbMap.Default.ArbFor<string>(), text => text is null || SinceCursor.TryParse(text, out _) || text.Length > 0).Check(Checks);

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-03-01")]
    [InlineData("2026-03-01T08:00:00.000000Z~2026-03-01T08:00:00.000000Z")]
    [InlineData("2026-03-01T08:00:00.000000Z~later~n1")]
    public void TryParse_NoCursor_IsRefused(string text) => Assert.False(SinceCursor.TryParse(text, out _));

    [Fact]
    public void IsServable_CursorFromBeforeARestoreOrAForgottenDeletion_IsNot()
    {
        var cursor = new SinceCursor(Start, Start, null);

        Assert.False(cursor.IsServable(head: Start.AddSeconds(-1), purged: DateTime.MinValue));
        Assert.False(cursor.IsServable(head: Start, purged: Start.AddMicroseconds(1)));
        Assert.True(cursor.IsServable(head: Start, purged: Start));
        Assert.True(SinceCursor.Start.IsServable(head: Start, purged: Start));
    }

    /// <summary>A first sync in pages is no reader of old deletions: its floor is where it began.</summary>
    [Fact]
    public void Next_PagesOfAFullSync_KeepTheFloorOfTheirBeginning()
    {
        var first = SinceCursor.Start.Next(Start.AddYears(-1), "n1", Start, hasMore: true);
        var second = first.Next(Start.AddMonths(-1), "n2", Start.AddHours(1), hasMore: true);
        var last = second.Next(Start, "n3", Start.AddHours(1), hasMore: false);

        Assert.Equal([Start, Start, Start.AddHours(1)], [first.Floor, second.Floor, last.Floor]);
        Assert.Equal("2026-03-01T09:00:00.000000Z", last.ToString());
    }
}
