using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Dashboard.Access;

/// <summary>Who looks at this page. One per circuit; <see cref="AccessWatch"/> keeps it true while the page is open.</summary>
public sealed class Viewer : ServerAuthenticationStateProvider, IDisposable
{
    private readonly AccessWatch _watch;

    public Viewer(AccessWatch watch)
    {
        _watch = watch;
        AuthenticationStateChanged += Follow;
    }

    /// <summary>Null for nobody: who was signed out meanwhile.</summary>
    public Visitor? Visitor { get; private set; }

    /// <summary>What is written beside what this viewer does; null where nobody signs in.</summary>
    public string? Name => Visitor?.Name;

    /// <summary>Whether the viewer may do what a role may, as far as was known within the last <see cref="AccessWatch.Interval"/>: for what is shown.</summary>
    public bool Is(AccountRole role) => Visitor?.May(role) == true;

    /// <summary>Whether the viewer may do what a role may, as of now: for what is changed.</summary>
    /// <exception cref="System.Data.Common.DbException">The database does not answer, and nothing is to be changed.</exception>
    public async Task<bool> MayAsync(AccountRole role, CancellationToken cancellationToken)
    {
        await _watch.CheckAsync([this], cancellationToken);
        return Is(role);
    }

    public void Dispose()
    {
        AuthenticationStateChanged -= Follow;
        _watch.Remove(this);
    }

    /// <summary>What was found out about the visitor: pages that are no longer for them go from the screen.</summary>
    internal void Become(Visitor? visitor)
    {
        if (visitor != Visitor)
            SetAuthenticationState(Task.FromResult(new AuthenticationState(visitor?.ToPrincipal() ?? new System.Security.Claims.ClaimsPrincipal())));
    }

    /// <summary>Whoever sets the state knows it already: nothing is awaited here.</summary>
    private void Follow(Task<AuthenticationState> state)
    {
        Visitor = state.IsCompletedSuccessfully ? Visitor.Of(state.Result.User) : null;
        if (Visitor is null)
            _watch.Remove(this);
        else
            _watch.Add(this);
    }
}
