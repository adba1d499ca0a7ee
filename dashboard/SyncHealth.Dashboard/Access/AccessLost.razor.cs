using Microsoft.AspNetCore.Components;

namespace SyncHealth.Dashboard.Access;

/// <summary>What stands in the place of a page that the viewer may not see, or not any more.</summary>
public sealed partial class AccessLost(Viewer viewer, NavigationManager navigation)
{
    private string SignIn => ReturnPath.SignIn(navigation.ToAbsoluteUri(navigation.Uri).PathAndQuery);

    /// <summary>Whoever was signed out while the page was open goes to where one signs in, with the way back.</summary>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && viewer.Visitor is null)
            navigation.NavigateTo(SignIn, forceLoad: true);
    }
}
