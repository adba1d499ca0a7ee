using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Access;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Dashboard.Setup;

/// <summary>Who may look, say and decide.</summary>
public sealed partial class PeopleCard(SetupActions actions, Viewer viewer, AccessOptions access, NavigationManager navigation)
{
    private static readonly AccountRole[] Roles = [AccountRole.Viewer, AccountRole.Editor, AccountRole.Admin];

    private SetupChange? _last;
    private string? _name;
    private AccountRole _role = AccountRole.Viewer;

    [Parameter, EditorRequired]
    public IReadOnlyList<Account> People { get; set; } = [];

    [Parameter, EditorRequired]
    public IReadOnlyList<Invitation> Invitations { get; set; } = [];

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    /// <summary>Something was changed: the page should ask again.</summary>
    [Parameter]
    public EventCallback OnChange { get; set; }

    private string Note => access switch
    {
        { IsOpen: true } => "nobody has to sign in to this demo",
        { UserHeader: { } header } => $"a proxy says who it is, in {header}; an account gives its name a role",
        _ => "viewers look, editors acknowledge and silence, admins decide",
    };

    private async Task SetRoleAsync(Account person, string? role)
    {
        if (AccessPolicy.Find(role) is { } wanted)
            await DoAsync(actions.SetRoleAsync(viewer, person, wanted));
    }

    private async Task InviteAsync(string? name, AccountRole role)
    {
        var made = await actions.InviteAsync(viewer, name, role);
        await DoAsync(Task.FromResult(made.Secret is { } path ? made with { Secret = navigation.ToAbsoluteUri(path).ToString() } : made));
        if (made.Problem is null)
            _name = null;
    }

    private async Task DoAsync(Task<SetupChange> change)
    {
        _last = await change;
        await OnChange.InvokeAsync();
    }
}
