using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Loop;

/// <summary>
/// Two people, one device. What one of them has written leaves under her own sign-in or not at all
/// (in Replicache, mutations of one user were pushed as another: rocicorp/replicache PR 810).
/// </summary>
public sealed class AccountSwitchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("accounts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.InMemory)]
    public async Task Open_DatabaseOfSomebodyElse_IsRefusedAndNothingOfItIsSent(StoreKind kind)
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", store: kind);
        phone.Engine.Notes.Create("of ann", "not sent yet");
        phone.Configure = static options => options.Account = "ben";

        var refusal = Assert.Throws<ArgumentException>(phone.Restart);

        Assert.Contains("of 'ann', with 1 edits", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, phone.Network.Requests);
        phone.Configure = static _ => { };
        phone.Restart();
        Assert.Equal("of ann", Assert.Single(phone.Engine.Notes.List()).Content.Title);
        Assert.Equal(0, (await phone.SyncAsync()).Waiting);
    }

    /// <summary>Ann writes offline, Ben signs in, edits and syncs, Ann comes back: each account has its own edits and no other, and none is lost.</summary>
    [Fact]
    public async Task Switch_WithEditsWaiting_EachLeavesUnderItsOwnAccount()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: SignIn("ann"));
        var sent = new List<string>();
        phone.Network.Before = async request =>
        {
            if (request.Method == HttpMethod.Post)
                sent.Add($"{request.Headers.GetValues("X-Notes-Account").Single()}: {(await request.Content!.ReadAsStringAsync()).Contains("of ann", StringComparison.Ordinal)}");
        };
        phone.Network.IsDown = true;
        phone.Engine.Notes.Create("of ann", "");
        Assert.False((await phone.SyncAsync()).IsSuccess);
        sent.Clear();

        phone.Configure = SignIn("ben");
        phone.Restart();
        phone.Network.IsDown = false;
        Assert.Empty(phone.Engine.Notes.List());
        phone.Engine.Notes.Create("of ben", "");
        Assert.True((await phone.SyncAsync()).IsSuccess);
        phone.Configure = SignIn("ann");
        phone.Restart();
        Assert.True((await phone.SyncAsync()).IsSuccess);

        Assert.Equal(["ben: False", "ann: True"], sent);
        Assert.Equal(["ann/of ann", "ben/of ben"], await NotesAtAsync(server));
    }

    /// <summary>A file of before there were owners becomes that of the first account that opens it, for good.</summary>
    [Fact]
    public async Task Open_FileWithoutAnOwner_BecomesThatOfWhoOpensIt()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", store: StoreKind.InMemory);
        phone.Store!.Write(static transaction => transaction.State.Save(transaction.State.Read() with { Account = null }));
        phone.Configure = static options => options.Account = "ben";
        phone.Restart();

        phone.Configure = static _ => { };

        Assert.Contains("of 'ben'", Assert.Throws<ArgumentException>(phone.Restart).Message, StringComparison.Ordinal);
    }

    private Action<EngineOptions> SignIn(string account) => options =>
        (options.Account, options.DatabasePath) = (account, Path.Combine(_folder, account + ".db"));

    private static async Task<IReadOnlyList<string>> NotesAtAsync(NotesServerFixture server)
    {
        await using var command = server.Database.DataSource.CreateCommand("select account || '/' || title from notes.note order by 1");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
