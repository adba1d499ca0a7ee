using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace SyncHealth.Dashboard.Layout;

/// <summary>The document. Everything inside <see cref="Routes"/> is interactive over one circuit.</summary>
public sealed partial class App
{
    /// <summary>Scripts only from here and none inline: a hostile version name or tag cannot run. Styles inline, because ApexCharts sets them on its elements.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    protected override void OnInitialized()
    {
        var headers = Context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
    }
}
