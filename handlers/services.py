from bot.services import Services as Services
