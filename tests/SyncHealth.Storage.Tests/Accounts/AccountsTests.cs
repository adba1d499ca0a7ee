using SyncHealth.Storage.Accounts;
using SyncHealth.Storage.Tests.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Accounts;

public sealed class AccountsTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new(Some.Now);
    private TestDatabase _database = null!;
    private AccountStore _accounts = null!;
    private InvitationStore _invitations = null!;
    private SessionStore _sessions = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        (_accounts, _invitations, _sessions) = (new(_database.DataSource, _clock), new(_database.DataSource, _clock), new(_database.DataSource, _clock));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Invitation_Redeemed_MakesTheAccountAndIsUsedUp()
    {
        var token = await _invitations.CreateAsync("Ann", AccountRole.Editor, "root", CancellationToken.None);
        Assert.Equal(new Invitation("Ann", AccountRole.Editor, "root", Some.Now + InvitationStore.GoodFor), await _invitations.FindAsync(token, CancellationToken.None));

        var id = await _invitations.RedeemAsync(token, "whoever", "hash", CancellationToken.None);

        Assert.Equal(new Account(id!.Value, "Ann", AccountRole.Editor, true, Some.Now, 0), Assert.Single(await _accounts.ListAsync(CancellationToken.None)));
        Assert.Equal(new AccountSecret(id.Value, "hash"), await _accounts.FindSecretAsync(" ANN ", CancellationToken.None));
        Assert.Null(await _invitations.FindAsync(token, CancellationToken.None));
        Assert.Null(await _invitations.RedeemAsync(token, "whoever", "other", CancellationToken.None));
        Assert.Equal("hash", (await _accounts.FindSecretAsync("ann", CancellationToken.None))!.PasswordHash);
    }

    [Fact]
    public async Task Invitation_TwoAtOnce_OneGetsTheAccount()
    {
        var token = await _invitations.CreateAsync(null, AccountRole.Admin, "start", CancellationToken.None);
        var made = await Task.WhenAll(
            _invitations.RedeemAsync(token, "ann", "a", CancellationToken.None), _invitations.RedeemAsync(token, "bob", "b", CancellationToken.None));
        Assert.Single(made, id => id is not null);
        Assert.Single(await _accounts.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Invitation_TooOld_OpensNothing()
    {
        var token = await _invitations.CreateAsync("ann", AccountRole.Viewer, "root", CancellationToken.None);
        _clock.Advance(InvitationStore.GoodFor);
        Assert.Null(await _invitations.FindAsync(token, CancellationToken.None));
        Assert.Null(await _invitations.RedeemAsync(token, "ann", "hash", CancellationToken.None));
        Assert.Empty(await _invitations.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Invitation_AnotherForTheSameName_MakesTheFirstVoid()
    {
        var first = await _invitations.CreateAsync("ann", AccountRole.Viewer, "root", CancellationToken.None);
        var second = await _invitations.CreateAsync("Ann", AccountRole.Editor, "root", CancellationToken.None);
        var nameless = await _invitations.CreateAsync(null, AccountRole.Admin, "start", CancellationToken.None);
        await _invitations.CreateAsync(null, AccountRole.Admin, "start", CancellationToken.None);
        Assert.Null(await _invitations.FindAsync(first, CancellationToken.None));
        Assert.NotNull(await _invitations.FindAsync(second, CancellationToken.None));
        Assert.Null(await _invitations.FindAsync(nameless, CancellationToken.None));
    }

    [Fact]
    public async Task Invitation_WithoutAName_CannotTakeSomebodysAccountAndStaysGood()
    {
        await JoinAsync("ann", AccountRole.Viewer);
        var token = await _invitations.CreateAsync(null, AccountRole.Admin, "start", CancellationToken.None);
        Assert.Null(await _invitations.RedeemAsync(token, "ANN", "stolen", CancellationToken.None));
        Assert.Equal("hash", (await _accounts.FindSecretAsync("ann", CancellationToken.None))!.PasswordHash);
        Assert.NotNull(await _invitations.RedeemAsync(token, "bob", "hash", CancellationToken.None));
    }

    [Fact]
    public async Task Invitation_OfAnExistingAccount_SetsThePasswordAndEndsItsSessions()
    {
        var ann = await JoinAsync("ann", AccountRole.Viewer);
        var session = await _sessions.StartAsync(ann, CancellationToken.None);
        var token = await _invitations.CreateAsync("ann", AccountRole.Viewer, "root", CancellationToken.None);
        Assert.Equal(ann, await _invitations.RedeemAsync(token, "ann", "new", CancellationToken.None));
        Assert.Null(await _sessions.FindAsync(session, CancellationToken.None));
        Assert.Equal("new", (await _accounts.FindSecretAsync("ann", CancellationToken.None))!.PasswordHash);
    }

    [Fact]
    public async Task Session_FourteenDaysLater_IsOver()
    {
        var ann = await JoinAsync("Ann", AccountRole.Editor);
        var token = await _sessions.StartAsync(ann, CancellationToken.None);
        var session = await _sessions.FindAsync(token, CancellationToken.None);
        Assert.Equal((ann, "Ann", AccountRole.Editor), (session!.AccountId, session.Name, session.Role));

        _clock.Advance(SessionStore.Length - TimeSpan.FromSeconds(1));
        Assert.Equal(session, await _sessions.FindAsync(token, CancellationToken.None));
        Assert.Equal(1, Assert.Single(await _accounts.ListAsync(CancellationToken.None)).Sessions);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await _sessions.FindAsync(token, CancellationToken.None));
        Assert.Empty(await _sessions.CheckAsync([session.Id], CancellationToken.None));
        Assert.Equal(0, Assert.Single(await _accounts.ListAsync(CancellationToken.None)).Sessions);
    }

    [Fact]
    public async Task Check_RevokedChangedAndUnknown_SaysWhatEachIsNow()
    {
        await JoinAsync("root", AccountRole.Admin);
        var (ann, bob) = (await JoinAsync("ann", AccountRole.Admin), await JoinAsync("bob", AccountRole.Editor));
        var (first, second, third) = (await StartAsync(ann), await StartAsync(bob), await StartAsync(ann));
        await _sessions.EndAsync(first, CancellationToken.None);
        Assert.Equal(AccountChange.Done, await _accounts.SetRoleAsync(bob, AccountRole.Viewer, CancellationToken.None));

        var now = await _sessions.CheckAsync([first, second, third, Guid.NewGuid()], CancellationToken.None);

        Assert.Equal(new HashSet<Guid> { second, third }, now.Keys.ToHashSet());
        Assert.Equal((AccountRole.Viewer, AccountRole.Admin), (now[second].Role, now[third].Role));
        Assert.Equal(AccountChange.Done, await _accounts.RemoveAsync(ann, CancellationToken.None));
        Assert.Equal([second], (await _sessions.CheckAsync([first, second, third], CancellationToken.None)).Keys);
        Assert.Equal(1, await _sessions.EndAllAsync(bob, CancellationToken.None));
        Assert.Empty(await _sessions.CheckAsync([second], CancellationToken.None));
    }

    [Fact]
    public async Task SetPassword_EndsEverySessionButTheOneThatAsked()
    {
        var ann = await JoinAsync("ann", AccountRole.Viewer);
        var (kept, ended) = (await StartAsync(ann), await StartAsync(ann));
        await _accounts.SetPasswordAsync(ann, "new", kept, CancellationToken.None);
        Assert.Equal([kept], (await _sessions.CheckAsync([kept, ended], CancellationToken.None)).Keys);
        Assert.Equal("new", (await _accounts.FindSecretAsync("ann", CancellationToken.None))!.PasswordHash);
    }

    [Fact]
    public async Task LastAdmin_RemovedDemotedOrOverwritten_StaysOne()
    {
        var ann = await JoinAsync("ann", AccountRole.Admin);
        Assert.Equal(AccountChange.LastAdmin, await _accounts.SetRoleAsync(ann, AccountRole.Viewer, CancellationToken.None));
        Assert.Equal(AccountChange.LastAdmin, await _accounts.RemoveAsync(ann, CancellationToken.None));
        Assert.False(await _accounts.AddAsync("ANN", AccountRole.Viewer, CancellationToken.None));
        Assert.Equal(AccountChange.Done, await _accounts.SetRoleAsync(ann, AccountRole.Admin, CancellationToken.None));
        Assert.Equal(AccountChange.Unknown, await _accounts.RemoveAsync(Guid.NewGuid(), CancellationToken.None));
        Assert.True(await _accounts.HasAdminAsync(CancellationToken.None));
    }

    [Fact]
    public async Task LastAdmin_TwoDemotedAtOnce_OneStays()
    {
        var (ann, bob) = (await JoinAsync("ann", AccountRole.Admin), await JoinAsync("bob", AccountRole.Admin));
        var changes = await Task.WhenAll(
            _accounts.SetRoleAsync(ann, AccountRole.Viewer, CancellationToken.None), _accounts.RemoveAsync(bob, CancellationToken.None));
        Assert.Equal([AccountChange.Done, AccountChange.LastAdmin], changes.Order());
        Assert.True(await _accounts.HasAdminAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Add_ForAProxy_HasARoleAndNoPassword()
    {
        Assert.True(await _accounts.AddAsync("ann@example.com", AccountRole.Editor, CancellationToken.None));
        Assert.True(await _accounts.AddAsync("Ann@example.com", AccountRole.Admin, CancellationToken.None));
        var roles = await _accounts.FindRolesAsync(["ANN@example.com", "bob"], CancellationToken.None);
        Assert.Equal(("ann@example.com", AccountRole.Admin), (Assert.Single(roles).Key, roles["ann@example.com"]));
        Assert.Null((await _accounts.FindSecretAsync("ann@example.com", CancellationToken.None))!.PasswordHash);
    }

    /// <summary>A dump of the database opens nothing.</summary>
    [Fact]
    public async Task Tokens_AreNowhereInTheDatabase()
    {
        var ann = await JoinAsync("ann", AccountRole.Admin);
        var invitation = await _invitations.CreateAsync("bob", AccountRole.Viewer, "ann", CancellationToken.None);
        var session = await _sessions.StartAsync(ann, CancellationToken.None);
        await using var command = _database.DataSource.CreateCommand(
            "select count(*) from (select i::text from synchealth.invitation i union all select s::text from synchealth.session s) t (row) where row like '%' || $1 || '%' or row like '%' || $2 || '%'");
        command.Parameters.AddWithValue(invitation);
        command.Parameters.AddWithValue(session);
        Assert.Equal(0L, await command.ExecuteScalarAsync());
        Assert.NotEqual(invitation, session);
    }

    private async Task<Guid> JoinAsync(string name, AccountRole role) =>
        (await _invitations.RedeemAsync(await _invitations.CreateAsync(name, role, "test", CancellationToken.None), name, "hash", CancellationToken.None))!.Value;

    private async Task<Guid> StartAsync(Guid account) =>
        (await _sessions.FindAsync(await _sessions.StartAsync(account, CancellationToken.None), CancellationToken.None))!.Id;
}
