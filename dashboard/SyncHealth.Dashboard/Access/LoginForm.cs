using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SyncHealth.Dashboard.Access.Documents;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Dashboard.Access;

/// <summary><c>/login</c>: by name and password, and on to where one wanted to go.</summary>
internal static class LoginForm
{
    /// <summary>The same whether the name exists, the password was wrong, or there is none.</summary>
    private const string Wrong = "Name and password do not belong together.";

    public static IResult Show(HttpContext context)
    {
        var to = ReturnPath.Parse(context.Request.Query[ReturnPath.Parameter]);
        return Visitor.Of(context.User) is { } ? FormResult.GoTo(context, to) : Form(StatusCodes.Status200OK, to, "", null);
    }

    public static async Task<IResult> SubmitAsync(HttpContext context, AccountStore accounts, SessionStore sessions, Passwords passwords, LoginThrottle throttle)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (name, password, to) = (form["name"].ToString(), form["password"].ToString(), ReturnPath.Parse(form[ReturnPath.Parameter]));
        if (AccountName.Parse(name) is not { } asked || password.Length is 0 or > Passwords.MaxLength)
            return Form(StatusCodes.Status401Unauthorized, to, name, Wrong);
        var address = context.Connection.RemoteIpAddress;
        if (throttle.Begin(asked, address) is { } wait)
        {
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Form(StatusCodes.Status429TooManyRequests, to, asked, $"Too many tries for this name or from here. The next one is possible in {Quantity.Age(Math.Ceiling(wait.TotalSeconds))}.");
        }

        var secret = await accounts.FindSecretAsync(asked, context.RequestAborted);
        if (!await passwords.VerifyAsync(secret?.PasswordHash, password, context.RequestAborted) || secret is null)
            return Form(StatusCodes.Status401Unauthorized, to, asked, Wrong);
        throttle.Succeed(asked, address);
        SessionCookie.Write(context, await sessions.StartAsync(secret.Id, context.RequestAborted));
        return FormResult.GoTo(context, to);
    }

    private static RazorComponentResult Form(int status, string to, string name, string? problem) => FormResult.Document<LoginDocument>(
        status, new() { [nameof(LoginDocument.To)] = to, [nameof(LoginDocument.Name)] = name, [nameof(LoginDocument.Problem)] = problem });
}
