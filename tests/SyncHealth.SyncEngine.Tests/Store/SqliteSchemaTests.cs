using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Conflicts.Replicated;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Store.Sqlite;
using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Store;

/// <summary>
/// Files that earlier versions of the app left on devices, one of every released schema. A new migration needs its file: <see cref="Versions"/> asks for it.
/// </summary>
public sealed class SqliteSchemaTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schema-").FullName;

    public static TheoryData<int> Versions => [.. Enumerable.Range(1, SqliteSchema.Version)];

    private string DatabasePath => Path.Combine(_folder, "notes.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A released migration that was edited since makes another schema than the one that is out there.</summary>
    [Theory]
    [MemberData(nameof(Versions))]
    public void File_OfAnyVersion_IsItsScriptOnItsMigrations(int version)
    {
        VersionFiles.Install(version, DatabasePath);
        var built = Path.Combine(_folder, "built.db");
        VersionFiles.Build(version, built);

        Assert.Equal(VersionFiles.DumpOf(built), VersionFiles.DumpOf(DatabasePath));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Open_FileOfAnyVersion_LeavesTheSchemaOfANewOne(int version)
    {
        VersionFiles.Install(version, DatabasePath);
        var fresh = Path.Combine(_folder, "fresh.db");
        Open().Dispose();
        SqliteStore.Open(fresh, "phone").Dispose();

        Assert.Equal(VersionFiles.SchemaOf(fresh), VersionFiles.SchemaOf(DatabasePath));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Open_FileOfAnyVersion_KeepsEveryEditThatWaits(int version)
    {
        VersionFiles.Install(version, DatabasePath);
        using var store = Open();

        var outbox = new[] { "edited", "deleted", "sent", "new", "refused", "priced", "list/shop" }
            .SelectMany(id => store.Read(transaction => transaction.Outbox.Of(id))).OrderBy(static entry => entry.Sequence)
            .Select(static entry => $"{entry.Operation.NoteId} {entry.Operation.Kind} '{entry.Operation.Content.Title}' {entry.Operation.Edits} {entry.BatchKey}{entry.ParkedCode} {entry.Strikes}");
        string[] expected =
        [
            $"edited Update 'edited offline' 2  {(version >= 4 ? 3 : 0)}", "deleted Delete 'deleted' 1  0", $"sent Update 'sent' 1 key-of-version-{version} 0",
            "sent Update 'sent, then edited again' 1  0", "new Insert 'new' 1  0", "refused Insert 'too long for the server' 3 too_large 0",
        ];
        string[] ofVersion4 = ["priced Update '10 a piece' 1 conflict 0", "list/shop Update '' 1  0"];
        Assert.Equal(version >= 4 ? [.. expected, .. ofVersion4] : expected, outbox);
        Assert.Equal(Some.Start.AddSeconds(50), store.Read(static transaction => transaction.Outbox.Depth().OldestAt));
        Assert.Equal(4, Assert.Single(store.Read(static transaction => transaction.Outbox.Sealed())).Operation.BaseVersion);
        Assert.Equal(version >= 5 ? (OperationPriority?)OperationPriority.High : null, store.Read(static transaction => transaction.Outbox.Of("new"))[0].Priority);
        Assert.Equal(version >= 5 ? "new" : null, store.Read(static transaction => transaction.Outbox.Of("refused"))[0].ParentId);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Open_FileOfAnyVersion_KeepsRecordsConflictsAndState(int version)
    {
        VersionFiles.Install(version, DatabasePath);
        using var store = Open();

        var notes = store.Read(static transaction => transaction.Records.List(EntityNames.Note, 100, 0));
        Assert.Equal(["refused 0 True", "new 0 True"], notes.Take(2).Select(static note => $"{note.Id} {note.Version} {note.IsPending}"));
        Assert.Equal(["edited", "kept", "new", "priced", "refused", "sent"], notes.Select(static note => note.Id).Order());
        Assert.True(store.Read(static transaction => transaction.Records.Find("deleted"))?.Content.IsDeleted);
        Assert.Equal("list/shop", Assert.Single(store.Read(static transaction => transaction.Records.List("list", 10, 0))).Id);
        Assert.Equal(version >= 2 ? "edited" : null, store.Read(static transaction => transaction.Records.FindOrigin("edited"))?.Title);
        Assert.Equal(version >= 4 ? "12 a piece" : null, store.Read(static transaction => transaction.Conflicts.FindHeld("priced"))?.Theirs.Title);
        Assert.Equal(("lost here", 2), store.Read(static transaction => transaction.Conflicts.Newest(10, isLossOnly: true)) is [var lost] ? (lost.Title, lost.Discarded) : default);
        Assert.Equal(
            new SyncState("phone", "MS43Ljc", 1, IsFullRunning: false, Some.Start, FailuresSince: 2, IsPullOwed: version >= 3, Account: version >= 6 ? "ann" : null),
            store.Read(static transaction => transaction.State.Read()));
        Assert.Equal(Some.Start.AddSeconds(67).ToUnixTimeMilliseconds(), store.Read(static transaction => transaction.State.LastStamp));
        Assert.Equal(version >= 4 ? ["kept"] : [], store.Write(static transaction => transaction.Conflicts.TakeDecisions()).Select(static decision => decision.NoteId));
    }

    /// <summary>
    /// The updated app goes on as if nothing had happened: a delta from the token that it had, the sealed batch under the key that it had, every edit at the
    /// server, and a merge of three where the file knows what the edit started from.
    /// </summary>
    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Sync_FileOfAnyVersion_SendsEverythingItHasKept(int version)
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var tablet = new TestDevice(server, "tablet", configure: Declare, store: StoreKind.InMemory);
        await FillServerAsync(tablet);
        await using var phone = new TestDevice(server, "phone", configure: options =>
        {
            Declare(options);
            VersionFiles.Install(version, options.DatabasePath);
        });
        var keys = new List<string>();
        phone.Network.Before = request =>
        {
            if (request.Headers.TryGetValues(ProtocolHeaders.IdempotencyKey, out var values))
                keys.AddRange(values);
            return Task.CompletedTask;
        };

        var result = await phone.SyncAsync();

        Assert.Equal((SyncType.Delta, SyncOutcome.Success, 0), (result.Type, result.Outcome, result.Waiting));
        Assert.Equal($"key-of-version-{version}", keys[0]);
        Assert.Equal(version >= 4 ? 2 : 1, phone.Engine.Status().Outbox.Parked);
        await SettleWhatWaitsForAPersonAsync(phone);
        await tablet.SyncAsync();
        string[] notes =
        [
            version >= 2 ? "edited offline/by the tablet" : "edited offline/body", "kept/body", "new/made offline", version >= 4 ? "10 a piece/" : "12 a piece/",
            "sent, then edited again/body", "shorter/",
        ];
        Assert.Equal(notes.Order(), tablet.Engine.Notes.List().Select(static note => $"{note.Content.Title}/{note.Content.Body}").Order());
        Assert.Equal(version >= 4 ? ["bread", "milk"] : ["milk"], tablet.Engine.Replicated<OrSet>("list").Find("list/shop")!.Items);
    }

    /// <summary>The phone was switched off between two migrations: each is a transaction, and the next start goes on behind it.</summary>
    [Fact]
    public void Open_UpgradeThatWasCutShort_GoesOn()
    {
        VersionFiles.Install(1, DatabasePath);
        var (whole, cut) = (Path.Combine(_folder, "whole.db"), DatabasePath);
        VersionFiles.Install(1, whole);
        using (var connection = VersionFiles.Connect(cut))
            SqliteSchema.Upgrade(connection, from: 1, to: 2);

        Open().Dispose();
        SqliteStore.Open(whole, "phone").Dispose();

        Assert.Equal(VersionFiles.DumpOf(whole), VersionFiles.DumpOf(cut));
    }

    [Fact]
    public void Open_FileOfALaterVersion_IsRefusedAndUntouched()
    {
        using (var connection = VersionFiles.Connect(DatabasePath))
            VersionFiles.Execute(connection, "create table later (id integer); pragma user_version = 99");
        var before = VersionFiles.DumpOf(DatabasePath);

        var refusal = Assert.Throws<InvalidOperationException>(Open);

        Assert.Contains("schema 99", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, VersionFiles.DumpOf(DatabasePath));
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_FailsWithACode()
    {
        File.WriteAllText(DatabasePath, new string('x', 4096));

        Assert.Equal("sqlite_26", Assert.Throws<StoreException>(Open).Code);
    }

    private static void Declare(EngineOptions options)
    {
        options.Conflicts[EntityNames.Note] = new FieldMerge();
        options.Entities.Add("list");
        options.Conflicts["list"] = new StateMerge<OrSet>();
    }

    /// <summary>What the phone had synced with: seven versions. Then the tablet edits on, earlier than the phone did.</summary>
    private static async Task FillServerAsync(TestDevice tablet)
    {
        const string Shop = """{"seen":{"tablet":1},"items":{"milk":{"tablet":1}}}""";
        Edit(tablet, 0, ("kept", "kept", "body"), ("edited", "edited", "body"), ("deleted", "deleted", "body"), ("sent", "sent before", "body"), ("priced", "11 a piece", ""), ("list/shop", "", Shop));
        await tablet.SyncAsync();
        Edit(tablet, 2, ("priced", "12 a piece", ""));
        await tablet.SyncAsync();
        Edit(tablet, 30_000, ("edited", "edited", "by the tablet"));
        await tablet.SyncAsync();
    }

    private static void Edit(TestDevice tablet, long millis, params (string Id, string Title, string Body)[] edits) => tablet.Store!.Write(transaction =>
    {
        var at = Some.Start.AddMilliseconds(millis);
        foreach (var (id, title, body) in edits)
            RecordEdits.Store(transaction, id, new Revision(title, body, IsDeleted: false, new Stamp(at.ToUnixTimeMilliseconds(), "tablet")), at);
    });

    private static async Task SettleWhatWaitsForAPersonAsync(TestDevice phone)
    {
        phone.Engine.Conflicts.Keep("priced", isMine: true);
        phone.Engine.Notes.Update("refused", "shorter", "");
        await phone.SyncAsync();
        var (outbox, state) = (phone.Engine.Status().Outbox, phone.Engine.Status().State);
        Assert.Equal((0, 0, DataState.Synced), (outbox.Waiting, outbox.Parked, state));
    }

    private SqliteStore Open() => SqliteStore.Open(DatabasePath, "phone");
}
